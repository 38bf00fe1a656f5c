package dev.greenstick.bench;

import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.replay.Judged;
import dev.greenstick.verdict.replay.Judging;
import dev.greenstick.verdict.replay.KafkaRecording;
import dev.greenstick.verdict.replay.Replay;
import dev.greenstick.verdict.replay.Selection;
import dev.greenstick.verdict.replay.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How many recorded events a second {@code deploy/greenstick replay} verifies, as a share of what
 * Kafka's own consumer-perf-test reads from the topic that holds nearly all of them; each as a
 * process of its own on the same one core, with the broker on another. Arguments: how many events,
 * a million unless said, and how many windows a run has.
 */
public final class ReplayThroughput {

  /** More of them, one run after another, would reach back beyond the broker's seven days. */
  private static final long EVENTS = 200_000;

  private static final int WINDOWS = 180;
  private static final int[] LIVE = {1, 10, 100, 1_000};
  private static final long MEMORY = 256L << 20;
  private static final int MINUTES = 10;
  private static final Pattern VERIFIED = Pattern.compile("(?m)^([0-9,]+) records a second$");

  private ReplayThroughput() {}

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) throws Exception {
    long events = arguments.length == 0 ? EVENTS : Long.parseLong(arguments[0]);
    int windows = arguments.length < 2 ? WINDOWS : Integer.parseInt(arguments[1]);
    System.out.println(
        "Recorded events verified a second, on one core; limit: ConsumerPerformance of the topic of"
            + " health, on the same core");
    double first = 0;
    for (int live : LIVE) {
      double verified = measure(events, live, windows, first);
      first = first == 0 ? verified : first;
    }
  }

  private static double measure(long events, int live, int windows, double first) throws Exception {
    BrokerSettings settings =
        BrokerSettings.temporary()
            .packagedIn(Path.of("deploy/local/broker/target").toAbsolutePath());
    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      String servers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
        TopicCreation.createMissing(admin, List.of(), (short) 1);
      }
      RecordedRuns.Written written = RecordedRuns.write(servers, events, live, windows);
      judge(servers);
      double limit = consumerPerformance(servers, written.health());
      double verified = replay(servers);
      System.out.printf(
          "  %,5d runs at once, %,d events: %,.0f; limit %,.0f; share %.2f; %.2f of what it is with"
              + " one run%n",
          live,
          written.events(),
          verified,
          limit,
          verified / limit,
          first == 0 ? 1 : verified / first);
      return verified;
    }
  }

  /** Hands down the verdict on every run, as the live service would have done. */
  private static void judge(String servers) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", servers, "linger.ms", 20);
    try (KafkaProducer<String, Event<? extends VerdictEvent>> producer =
            new KafkaProducer<>(
                client, new StringSerializer(), new EventSerializer<VerdictEvent>());
        Sink verdicts = new HandedDown(producer)) {
      Replay replay =
          new Replay(
              new KafkaRecording(Map.of("bootstrap.servers", servers)),
              Selection.ALL,
              new Judging.Again(Optional.empty(), Optional.empty(), false),
              new Replay.Limits(1, MEMORY, Bounds.STANDARD));
      var unused = replay.run(verdicts, replay.pace(System::nanoTime), Optional.empty());
    }
  }

  private record HandedDown(KafkaProducer<String, Event<? extends VerdictEvent>> producer)
      implements Sink {

    @Override
    public void begin(Set<UUID> done) {
      // Begins empty.
    }

    @Override
    public void take(Judged judged) {
      var event = judged.event().orElseThrow();
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.VERDICTS.name(),
                  null,
                  event.time().toEpochMilli(),
                  event.data().key(),
                  event));
    }

    @Override
    public void flush() {
      producer.flush();
    }

    @Override
    public void close() {
      producer.flush();
    }
  }

  /** Records a second, without the time to find its partitions. */
  private static double consumerPerformance(String servers, long records)
      throws IOException, InterruptedException {
    String said =
        run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx768m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.kafka.tools.ConsumerPerformance",
                "--bootstrap-server",
                servers,
                "--topic",
                Topics.HEALTH.name(),
                "--messages",
                String.valueOf(records),
                "--hide-header"));
    String[] figures = said.strip().lines().toList().getLast().split(", *");
    if (Long.parseLong(figures[4]) < records) {
      throw new IllegalStateException("the consumer did not read everything:\n" + said);
    }
    return Double.parseDouble(figures[figures.length - 1]);
  }

  private static double replay(String servers) throws IOException, InterruptedException {
    String said =
        run(List.of("deploy/greenstick", "replay", "--bootstrap", servers, "--parallel", "1"));
    Matcher verified = VERIFIED.matcher(said);
    if (!said.contains("byte for byte")
        || said.contains("ended without a verdict")
        || !verified.find()) {
      throw new IllegalStateException("the replay did not verify everything:\n" + said);
    }
    return Double.parseDouble(verified.group(1).replace(",", ""));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    List<String> pinned = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
      pinned.addAll(List.of("taskset", "-c", "1"));
    }
    pinned.addAll(command);
    Path said = Files.createTempFile("greenstick-bench-", ".out");
    try {
      Process process =
          new ProcessBuilder(pinned)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroy();
      }
      String text = Files.readString(said);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", pinned) + " failed:\n" + text);
      }
      return text;
    } finally {
      Files.delete(said);
    }
  }
}
