package dev.greenstick.bench;

import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The probe as it ships beside wrk, hey and a bare loop, against one server on one machine: what a
 * prediction costs, how true the latencies are when the server stalls, and what many probes cost.
 * Argument: seconds of each measurement, 20 unless said.
 */
public final class ProbeFigures {

  static final String BODY =
      "{\"id\":\"b\",\"inputs\":[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.099,0.274]}]}";

  private static final int RATE = 1_000;
  private static final int STALL_RATE = 200;
  private static final int STALL_MILLIS = 1_000;
  private static final int PERIOD_MILLIS = 10_000;
  private static final double MICROS_PER_MILLI = 1_000.0;

  private final int seconds;

  private ProbeFigures(int seconds) {
    this.seconds = seconds;
  }

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) throws Exception {
    LoadTools.require();
    new ProbeFigures(arguments.length == 0 ? 20 : Integer.parseInt(arguments[0])).run();
  }

  private void run() throws Exception {
    BrokerSettings broker =
        BrokerSettings.temporary()
            .packagedIn(Path.of("deploy/local/broker/target").toAbsolutePath());
    try (KafkaBroker kafka = KafkaBroker.start(broker);
        ProbeService kept = new ProbeService(kafka.bootstrapServers(), "bench-kept", "kept");
        Server server = new Server(0, 0);
        Server stalling = new Server(STALL_MILLIS, PERIOD_MILLIS)) {
      System.err.println("warming up");
      kept.run(probes(1, RATE, server.url), 5);
      cost(kept, kafka.bootstrapServers(), server.url);
      truth(kept, stalling.url);
      growth(kept, server.url);
    }
  }

  private void cost(ProbeService kept, String servers, String url) throws Exception {
    System.out.printf("%nWhat a prediction costs, %d a second for %d s%n", RATE, seconds);
    Figure limit = bareLoop(url);
    line(limit, limit);
    Figure wrk = LoadTools.wrk(infer(url), 10, seconds);
    line(wrk, limit);
    line(LoadTools.hey(infer(url), 50, RATE, seconds, true), limit);
    line(LoadTools.hey(infer(url), 50, RATE, seconds, false), limit);
    line(figure("Greenstick, kept connections", kept.run(probes(1, RATE, url), seconds)), limit);
    try (ProbeService fresh = new ProbeService(servers, "bench-new", "new")) {
      fresh.run(probes(1, RATE, url), 5);
      line(figure("Greenstick, new connections", fresh.run(probes(1, RATE, url), seconds)), limit);
    }
  }

  private static void line(Figure figure, Figure limit) {
    System.out.printf(
        "  %-46s %7.0f/s, %6.1f us of CPU each (%4.1f times the limit), %6.0f/s and core, %4.0f MB%n",
        figure.what(),
        figure.rate(),
        figure.microsPerRequest(),
        figure.microsPerRequest() / limit.microsPerRequest(),
        figure.perSecondAndCore(),
        figure.megabytes());
  }

  /**
   * Of what is intended evenly, a tenth falls into a stall, and what comes t into it waits for 1 s
   * - t: so the share of latencies beyond x is (1 s - x) / 10 s.
   */
  private void truth(ProbeService service, String url) throws Exception {
    int length = Math.max(seconds, 2 * PERIOD_MILLIS / 1_000) / 10 * 10;
    System.out.printf(
        "%nA server that stalls %d ms in every %d, %d predictions a second for %d s (milliseconds)%n",
        STALL_MILLIS, PERIOD_MILLIS, STALL_RATE, length);
    double p99 = STALL_MILLIS - 0.01 * PERIOD_MILLIS;
    double p999 = STALL_MILLIS - 0.001 * PERIOD_MILLIS;
    System.out.printf("  %-46s p50 %8.1f  p99 %8.1f  p99.9 %8.1f%n", "the truth", 0.0, p99, p999);
    told(
        figure("Greenstick, kept connections", service.run(probes(1, STALL_RATE, url), length)),
        p99,
        p999);
    told(LoadTools.hey(infer(url), 50, STALL_RATE, length, true), p99, p999);
    told(LoadTools.wrk(infer(url), 10, length), p99, p999);
  }

  private static void told(Figure figure, double p99, double p999) {
    System.out.printf(
        "  %-46s p50 %8.1f  p99 %8.1f  p99.9 %8.1f; off by %.0f %% and %.0f %%%n",
        figure.what(),
        figure.p50(),
        figure.p99(),
        figure.p999(),
        100 * (figure.p99() / p99 - 1),
        100 * (figure.p999() / p999 - 1));
  }

  private void growth(ProbeService service, String url) throws Exception {
    System.out.printf("%nThe same %d a second from ever more probes, %d s%n", RATE, seconds);
    double one = 0;
    for (int probes : new int[] {1, 10, 100, 1_000}) {
      ProbeService.Ran ran = service.run(probes(probes, (double) RATE / probes, url), seconds);
      Figure figure = figure(probes + " probes", ran);
      one = one == 0 ? figure.microsPerRequest() : one;
      System.out.printf(
          "  %-46s %6.1f us of CPU each (%.1f times one probe's), late by %.1f ms at p99, %4.0f MB%n",
          figure.what(),
          figure.microsPerRequest(),
          figure.microsPerRequest() / one,
          latenessMillis(ran.windows()),
          figure.megabytes());
    }
    ProbeService.Ran all = service.run(probes(1_000, 10, url), seconds);
    Figure figure = figure("1,000 probes at 10 a second each", all);
    Answers answers = answers(all.windows());
    System.out.printf(
        "  %-46s %d of %d intended were right, %d timed out; %.1f us of CPU each, late by %.1f ms at"
            + " p99, p99 %.1f ms, %.0f MB%n",
        figure.what(),
        answers.ok(),
        10_000L * seconds,
        answers.timedOut(),
        figure.microsPerRequest(),
        latenessMillis(all.windows()),
        figure.p99(),
        figure.megabytes());
  }

  private Figure bareLoop(String url) throws Exception {
    try (Watched loop =
        new Watched(java(BareLoop.class, "" + URI.create(url).getPort(), "" + seconds))) {
      long count = Long.parseLong(loop.output().strip());
      return new Figure(
          "the limit: one connection, nothing checked",
          count,
          seconds,
          loop.cpuSeconds(),
          loop.megabytes(),
          0,
          0,
          0);
    }
  }

  private Figure figure(String what, ProbeService.Ran ran) {
    Histogram latency =
        LatencyHistogram.merge(ran.windows().stream().map(HealthWindow::latency).toList());
    return new Figure(
        what,
        answers(ran.windows()).total(),
        seconds,
        ran.cpuSeconds(),
        ran.megabytes(),
        latency.getValueAtPercentile(50) / MICROS_PER_MILLI,
        latency.getValueAtPercentile(99) / MICROS_PER_MILLI,
        latency.getValueAtPercentile(99.9) / MICROS_PER_MILLI);
  }

  private static Answers answers(List<HealthWindow> windows) {
    return windows.stream().map(HealthWindow::answers).reduce(Answers.NONE, Answers::plus);
  }

  private static double latenessMillis(List<HealthWindow> windows) {
    long[] sorted = windows.stream().mapToLong(HealthWindow::latenessMicros).sorted().toArray();
    return sorted[(int) (0.99 * (sorted.length - 1))] / MICROS_PER_MILLI;
  }

  private static List<Probe> probes(int count, double rate, String url) throws Exception {
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      probes.add(
          new Probe(
              new ProbeName("probe-" + i),
              ServingProtocol.OPEN_INFERENCE_V2,
              URI.create(url),
              "bench",
              null,
              rate,
              Duration.ofSeconds(5),
              List.of(
                  new PredictionRequest(
                      Json.mapper().readTree(BODY).path("inputs"),
                      Json.mapper().readTree("{\"label\":[\"O\"]}")))));
    }
    return probes;
  }

  private static String infer(String url) {
    return url + "/v2/models/bench/infer";
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The server in a process of its own. */
  private static final class Server implements AutoCloseable {

    private final Watched process;
    private final String url;

    Server(int stallMillis, int periodMillis) throws Exception {
      process = new Watched(java(BenchServer.class, "" + stallMillis, "" + periodMillis));
      String port = process.process().inputReader().readLine();
      url = "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
      process.close();
    }
  }
}
