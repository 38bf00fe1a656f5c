package dev.greenstick.scheduler;

import dev.greenstick.broker.junit.KillableProcess;
import dev.greenstick.contracts.Examples;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.AtOnce;
import dev.greenstick.scheduler.definition.DefinitionCheck;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The scheduler's streams in a process of their own, with the very settings that ship; says {@code
 * RUNNING} when they do. Arguments: bootstrap servers, state directory.
 */
final class KilledScheduler {

  private static final String PREFIX = "kafka-streams.";

  private KilledScheduler() {}

  public static void main(String[] args) throws IOException {
    Properties settings = KillableProcess.shipped(Scheduler.class, PREFIX);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "greenstick-scheduler");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, args[1]);
    // So that nobody waits for the session of the one that was killed.
    settings.put("group.instance.id", "the-one");
    KafkaStreams streams =
        new KafkaStreams(
            new Scheduler(
                    new Admission(
                        Set.of(Examples.CLUSTER),
                        Duration.ofMinutes(10),
                        Duration.ofDays(1),
                        AtOnce.ANY),
                    DrivenScheduler.TIMEOUTS,
                    DrivenScheduler.TICK,
                    DefinitionCheck::check,
                    new SimpleMeterRegistry())
                .topology(),
            settings);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            System.out.println(KillableProcess.RUNNING);
          }
        });
    streams.start();
  }
}
