package dev.greenstick.bench;

import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import dev.greenstick.command.KeptDemo;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.ClusterName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The main job as whole processes: start of all parts, memory of each, command to API call, last
 * event to verdict; each beside a peer measured in the same run. Argument: how many runs to
 * measure, 30 unless said.
 */
public final class MainJob {

  private static final int RUNS = 30;
  private static final int AT_ONCE = 6;
  private static final int PEER_SAMPLES = 500;
  private static final String[] SHORT = {"--baseline", "6s", "--duration", "6s"};
  private static final double MICROS_PER_MILLI = 1_000.0;

  private static final String EXPERIMENT =
      """
      apiVersion: greenstick.dev/v1
      kind: Experiment
      metadata:
        name: %s
      spec:
        clusters: [local]
        probes:
          - name: crescents
            url: %s
            model: crescents
            rate: 10
            requests:
              - inputs: [{"name": "point", "shape": [1, 2], "datatype": "FP64", "data": [0.099, 0.274]}]
                expect: {"label": ["O"]}
        baseline: 5s
        steps:
          - branches:
              - actions:
                  - podChaos: {"action":"pod-failure","mode":"one","duration":"2s","selector":{"namespaces":["default"]}}
        recovery: 2s
      """;

  private final HttpClient http = HttpClient.newHttpClient();

  private MainJob() {}

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) throws Exception {
    new MainJob().run(arguments.length == 0 ? RUNS : Integer.parseInt(arguments[0]));
  }

  private void run(int runs) throws Exception {
    double brokerAlone = secondsToStartTheBrokerAlone();
    Path scratch = Files.createTempDirectory("greenstick-bench-");
    System.err.println("running the demo once");
    try (KeptDemo demo = KeptDemo.run(Path.of("").toAbsolutePath(), scratch, SHORT)) {
      System.out.printf("%nStart and memory, as the demo counts them%n");
      demo.footer().forEach(line -> System.out.println("  " + line));
      System.out.printf(
          "  peer: the broker alone answers after %.1f s; all parts to the first prediction take %.1f times that%n",
          brokerAlone, demo.secondsToFirstPrediction() / brokerAlone);
      Verdicts verdicts = new Verdicts(demo.bootstrapServers());
      measured(demo, verdicts, runs);
      report(demo, runs);
      demo.stop();
    } finally {
      Files.deleteIfExists(scratch.resolve("demo.out"));
      Files.deleteIfExists(scratch);
    }
  }

  private static double secondsToStartTheBrokerAlone() throws Exception {
    long since = System.nanoTime();
    BrokerSettings settings =
        BrokerSettings.temporary()
            .packagedIn(Path.of("deploy/local/broker/target").toAbsolutePath());
    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1_000.0;
    }
  }

  private void measured(KeptDemo demo, Verdicts verdicts, int runs) throws Exception {
    List<String> names = IntStream.range(0, AT_ONCE).mapToObj(i -> "measured-" + i).toList();
    for (String name : names) {
      send(
          HttpRequest.newBuilder(demo.service("scheduler").resolve("/experiments/" + name))
              .header("Content-Type", "application/yaml")
              .PUT(HttpRequest.BodyPublishers.ofString(EXPERIMENT.formatted(name, demo.model()))));
    }
    for (int done = 0; done < runs; done += AT_ONCE) {
      int now = Math.min(AT_ONCE, runs - done);
      for (String name : names.subList(0, now)) {
        send(
            HttpRequest.newBuilder(
                    demo.service("scheduler").resolve("/experiments/" + name + "/runs"))
                .POST(HttpRequest.BodyPublishers.noBody()));
      }
      verdicts.await(now);
      System.err.printf("%d of %d runs%n", done + now, runs);
    }
  }

  private void report(KeptDemo demo, int runs) throws Exception {
    Timings injection =
        Timings.of(metrics(demo, "injector"), "greenstick_injector_command_to_call_seconds");
    Timings verdict =
        Timings.of(metrics(demo, "verdict"), "greenstick_verdict_after_last_event_seconds");
    Histogram patch = Peers.patches(demo.kubeconfig(), PEER_SAMPLES);
    Histogram roundTrip =
        Peers.roundTrips(
            demo.bootstrapServers(),
            Topics.commands(new ClusterName("bench")).name(),
            PEER_SAMPLES);
    System.out.printf("%nLatency over %d runs, %d at a time (milliseconds)%n", runs, AT_ONCE);
    line(
        "fault.inject read by the injector to the API call",
        injection,
        "a bare fabric8 patch",
        patch);
    line("last event to the verdict", verdict, "a record through the broker and back", roundTrip);
  }

  private static void line(String what, Timings ours, String peerName, Histogram peer) {
    double peerP99 = peer.getValueAtPercentile(99) / MICROS_PER_MILLI;
    System.out.printf(
        "  %-50s p50 %.1f, p99 %.1f (n %d); %s: p50 %.1f, p99 %.1f; ratio of p99 %.1f%n",
        what,
        ours.p50Millis(),
        ours.p99Millis(),
        ours.count(),
        peerName,
        peer.getValueAtPercentile(50) / MICROS_PER_MILLI,
        peerP99,
        ours.p99Millis() / peerP99);
  }

  private String metrics(KeptDemo demo, String service) throws Exception {
    URI address = demo.service(service).resolve("/q/metrics");
    return http.send(
            HttpRequest.newBuilder(address).header("Accept", "text/plain").build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
    }
  }
}
