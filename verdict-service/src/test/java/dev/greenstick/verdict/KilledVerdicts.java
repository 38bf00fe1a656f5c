package dev.greenstick.verdict;

import dev.greenstick.broker.junit.KillableProcess;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.stream.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The service's streams in a process of their own, with the very settings that ship; says {@code
 * RUNNING} when they do. Arguments: bootstrap servers, state directory.
 */
final class KilledVerdicts {

  private static final String PREFIX = "kafka-streams.";

  private KilledVerdicts() {}

  public static void main(String[] args) throws IOException {
    Properties settings = KillableProcess.shipped(Verdicts.class, PREFIX);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "greenstick-verdict");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, args[1]);
    // So that nobody waits for the session of the one that was killed.
    settings.put("group.instance.id", "the-one");
    KafkaStreams streams =
        new KafkaStreams(
            new Verdicts(
                    Bounds.STANDARD,
                    // Longer than the test: no run is judged because its writer was slow.
                    new Patience(
                        Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMillis(500)),
                    Duration.ofDays(36_500),
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
