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
 * Arguments: seconds of each measurement, 7 unless said, which takes five minutes in all; and
 * {@code cost}, {@code growth} or {@code truth} for that part alone.
 */
public final class ProbeFigures {

  static final String BODY =
      "{\"id\":\"b\",\"inputs\":[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.099,0.274]}]}";

  private static final int RATE = 1_000;
  private static final int HEY_WORKERS = 50;
  private static final int WRK_CONNECTIONS = 10;
  private static final int MANY = 1_000;
  private static final int RATE_OF_MANY = 10;
  private static final int MEMORY_SECONDS = 6;
  private static final double MICROS_PER_MILLI = 1_000.0;

  /** So many predictions that whatever compiles has compiled. */
  private static final int WARM_RATE = 4_000;

  private final int seconds;

  private ProbeFigures(int seconds) {
    this.seconds = seconds;
  }

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) throws Exception {
    LoadTools.require();
    List<String> parts =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    new ProbeFigures(arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]))
        .run(parts.isEmpty() ? List.of("cost", "growth", "truth") : parts);
  }

  private void run(List<String> parts) throws Exception {
    BrokerSettings broker =
        BrokerSettings.temporary()
            .packagedIn(Path.of("deploy/local/broker/target").toAbsolutePath());
    try (KafkaBroker kafka = KafkaBroker.start(broker);
        ProbeService kept = new ProbeService(kafka.bootstrapServers(), "bench-kept", "kept")) {
      try (Server server = new Server(0, 0)) {
        if (parts.contains("cost")) {
          cost(kept, kafka.bootstrapServers(), server.url);
        } else {
          kept.run(probes(1, WARM_RATE, server.url), seconds);
        }
        if (parts.contains("growth")) {
          growth(kept, server.url);
        }
      }
      if (parts.contains("truth")) {
        truth(kept);
      }
    }
  }

  private void cost(ProbeService kept, String servers, String url) throws Exception {
    System.out.printf("%nWhat a prediction costs, %d a second for %d s%n", RATE, seconds);
    Figure limit = bareLoop("the limit: one connection, nothing checked", url, RATE);
    line(limit, limit);
    line(bareLoop("the same as fast as it can", url, 0), limit);
    line(LoadTools.wrk(infer(url), WRK_CONNECTIONS, seconds), limit);
    line(LoadTools.hey(infer(url), HEY_WORKERS, RATE, seconds, true), limit);
    line(LoadTools.hey(infer(url), HEY_WORKERS, RATE, seconds, false), limit);
    Probing keeping = new Probing("Greenstick, kept connections", kept, url, limit);
    keeping.print(", just started");
    keeping.warmUp();
    keeping.print("");
    try (ProbeService fresh = new ProbeService(servers, "bench-new", "new")) {
      Probing renewing = new Probing("Greenstick, new connections", fresh, url, limit);
      renewing.warmUp();
      renewing.print("");
    }
  }

  private final class Probing {

    private final String what;
    private final ProbeService service;
    private final String url;
    private final Figure limit;

    Probing(String what, ProbeService service, String url, Figure limit) {
      this.what = what;
      this.service = service;
      this.url = url;
      this.limit = limit;
    }

    void warmUp() throws Exception {
      service.run(probes(1, WARM_RATE, url), seconds);
    }

    void print(String how) throws Exception {
      line(figure(what + how, service.run(probes(1, RATE, url), seconds)), limit);
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

  private void truth(ProbeService service) throws Exception {
    StallTruth truth = new StallTruth(RATE, seconds);
    truth.print();
    try (Server server = truth.server()) {
      ProbeService.Ran ran = service.run(probes(1, RATE, server.url), truth.seconds());
      truth.print(figure("Greenstick, kept connections", ran));
    }
    for (int workers : new int[] {HEY_WORKERS, RATE}) {
      try (Server server = truth.server()) {
        truth.print(LoadTools.hey(infer(server.url), workers, RATE, truth.seconds(), true));
      }
    }
    try (Server server = truth.server()) {
      truth.print(LoadTools.wrk(infer(server.url), WRK_CONNECTIONS, truth.seconds()));
    }
  }

  private void growth(ProbeService service, String url) throws Exception {
    System.out.printf("%nThe same %d a second from ever more probes, %d s%n", RATE, seconds);
    double one = 0;
    for (int probes : new int[] {1, 10, 100, MANY}) {
      ProbeService.Ran ran = service.run(probes(probes, (double) RATE / probes, url), seconds);
      Figure figure = figure(probes + " probes", ran);
      one = one == 0 ? figure.microsPerRequest() : one;
      System.out.printf(
          "  %-46s %6.1f us of CPU each (%.1f times one probe's), late by %.1f ms at p99%n",
          figure.what(),
          figure.microsPerRequest(),
          figure.microsPerRequest() / one,
          latenessMillis(ran.windows()));
    }
    many(service, url);
    double ofOne = service.liveMegabytes(probes(1, RATE, url), MEMORY_SECONDS);
    double ofMany = service.liveMegabytes(probes(MANY, RATE_OF_MANY, url), MEMORY_SECONDS);
    System.out.printf(
        "  %-46s %.0f MB alive in the heap, %.0f MB more than one probe at %d a second%n",
        "the memory of these", ofMany, ofMany - ofOne, RATE);
  }

  private void many(ProbeService service, String url) throws Exception {
    Figure limit = bareLoop("the limit at as many a second", url, MANY * RATE_OF_MANY);
    line(limit, limit);
    ProbeService.Ran all = service.run(probes(MANY, RATE_OF_MANY, url), seconds);
    Figure figure = figure("%,d probes at %d a second each".formatted(MANY, RATE_OF_MANY), all);
    Answers answers = answers(all.windows());
    System.out.printf(
        "  %-46s %d of %d intended were right, %d timed out; %.1f us of CPU each, late by %.1f ms at"
            + " p99, p99 %.1f ms, %.0f MB%n",
        figure.what(),
        answers.ok(),
        (long) MANY * RATE_OF_MANY * seconds,
        answers.timedOut(),
        figure.microsPerRequest(),
        latenessMillis(all.windows()),
        figure.p99(),
        figure.megabytes());
  }

  private Figure bareLoop(String what, String url, int rate) throws Exception {
    try (Watched loop =
        new Watched(
            java(BareLoop.class, "" + URI.create(url).getPort(), "" + seconds, "" + rate))) {
      long count = Long.parseLong(loop.output().strip());
      return new Figure(what, count, seconds, loop.cpuSeconds(), loop.megabytes(), 0, 0, 0);
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
  static final class Server implements AutoCloseable {

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
