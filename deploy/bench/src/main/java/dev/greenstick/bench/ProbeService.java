package dev.greenstick.bench;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The probe as it ships, in a process of its own, commanded and read over the broker. */
final class ProbeService implements AutoCloseable {

  private static final Clock WALL = Clock.systemUTC();
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LEAD = Duration.ofSeconds(2);

  private final String servers;
  private final ClusterName cluster;
  private final Watched process;

  /** What a run came to. */
  record Ran(List<HealthWindow> windows, double cpuSeconds, double megabytes) {}

  /**
   * @param connections {@code new} or {@code kept}
   */
  ProbeService(String servers, String name, String connections) throws Exception {
    this.servers = servers;
    this.cluster = new ClusterName(name);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreation.createMissing(admin, List.of(cluster), (short) 1);
    }
    this.process =
        new Watched(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dgreenstick.cluster=" + name,
                    "-Dgreenstick.probe.connections=" + connections,
                    "-Dgreenstick.probe.lead=" + LEAD.toSeconds() + "s",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dkafka.bootstrap.servers=" + servers,
                    "-Dquarkus.http.port=0",
                    "-jar",
                    "probe-service/target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    awaitHeartbeat();
  }

  private void awaitHeartbeat() {
    EventDeserializer<AgentEvent> deserializer = new EventDeserializer<>(Topics.AGENTS);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(Topics.AGENTS.name())) {
      while (true) {
        for (var record : consumer.poll(POLL)) {
          if (deserializer.deserialize(record.topic(), record.headers(), record.value())
                  instanceof Received.Readable<AgentEvent> readable
              && readable.event().data().aboutCluster().filter(cluster::equals).isPresent()) {
            return;
          }
        }
      }
    }
  }

  /** Runs probes for so long; waits for the end. */
  Ran run(List<Probe> probes, int seconds) throws Exception {
    Instant now = WALL.instant();
    RunRef run = RunRef.of(new ExperimentName("bench"), cluster, now);
    List<HealthWindow> windows = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(Topics.HEALTH.name())) {
      consumer.seekToEnd(consumer.assignment());
      consumer.assignment().forEach(consumer::position);
      process.look();
      double before = process.cpuSeconds();
      send(
          new ProbeStart(
              CommandId.of(run.id(), "probe.start", ""),
              run,
              now.plusSeconds(60),
              probes,
              List.of(),
              Duration.ofSeconds(seconds)));
      EventDeserializer<HealthEvent> deserializer = new EventDeserializer<>(Topics.HEALTH);
      while (true) {
        for (var record : consumer.poll(POLL)) {
          if (deserializer.deserialize(record.topic(), record.headers(), record.value())
                  instanceof Received.Readable<HealthEvent> readable
              && readable.event().data().run().equals(run)) {
            switch (readable.event().data()) {
              case HealthWindow window -> windows.add(window);
              case ProbeRefused refused ->
                  throw new IllegalStateException("refused: " + refused.problems());
              case ProbeFinished _ -> {
                process.look();
                return new Ran(windows, process.cpuSeconds() - before, process.megabytes());
              }
              default -> {}
            }
          }
        }
        process.look();
      }
    }
  }

  /** What is alive in its heap half way through such a run, in megabytes. */
  double liveMegabytes(List<Probe> probes, int seconds) throws Exception {
    var live =
        CompletableFuture.supplyAsync(
            this::liveMegabytes,
            CompletableFuture.delayedExecutor(seconds / 2 + LEAD.toSeconds(), TimeUnit.SECONDS));
    run(probes, seconds);
    return live.get();
  }

  private double liveMegabytes() {
    try (Watched jcmd =
        new Watched(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + process.process().pid(),
                "GC.class_histogram"))) {
      Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(jcmd.output());
      if (!total.find()) {
        throw new IllegalStateException("jcmd told no total");
      }
      return Long.parseLong(total.group(1)) / 1e6;
    } catch (Exception e) {
      throw new IllegalStateException("what is alive in the heap cannot be seen", e);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList());
    return consumer;
  }

  private void send(Command command) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new EventSerializer<Command>())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.commands(cluster).name(),
                  command.key(),
                  Event.of(URI.create("/scheduler"), WALL.instant(), command)))
          .get();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
