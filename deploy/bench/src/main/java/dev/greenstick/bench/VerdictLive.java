package dev.greenstick.bench;

import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;

/**
 * The verdict service live: how long a verdict takes while 1 to 1,000 runs live, how fast it folds,
 * what a run costs on disk, how long it takes to restore, what a page costs where and with how many
 * runs. Arguments: events to fold and restore (200,000 unless said), windows of a run.
 */
public final class VerdictLive {

  private static final int EVENTS = 200_000;
  private static final int WINDOWS = 180;
  private static final int LIVE_WINDOWS = 12;
  private static final int SHORT_WINDOWS = 3;
  private static final int WARM_UP = 50;
  private static final int ENOUGH = 100;
  private static final int MOST_REPEATS = 10;
  private static final int[] LIVE = {1, 10, 100, 1_000};
  private static final int PAGES = 200;
  private static final int PEER_SAMPLES = 500;
  private static final double MILLI = 1e3;
  private static final String FOLDED = "greenstick_verdict_events_total";
  private static final List<String> HISTORY =
      List.of(Topics.RUNS.name(), Topics.FAULTS.name(), Topics.HEALTH.name());
  private static final List<String> STORES =
      List.of(
          "runs", "evidence", "tallies", "deadlines", "handed-down", "standings", "listed", "late");

  /** What every instance would hold if lists were answered from global tables. */
  private static final List<String> LISTS = List.of("runs", "handed-down", "listed");

  private final Path scratch;
  private final String servers;
  private final History history;

  private VerdictLive(Path scratch, String servers) {
    this.scratch = scratch;
    this.servers = servers;
    this.history = new History(servers, InstantSource.system());
  }

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) throws Exception {
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : EVENTS;
    int windows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : WINDOWS;
    Path scratch = Files.createTempDirectory("greenstick-verdict-live-");
    BrokerSettings settings =
        BrokerSettings.temporary()
            .packagedIn(Path.of("deploy/local/broker/target").toAbsolutePath());
    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
      }
      new VerdictLive(scratch, broker.bootstrapServers()).run(events, windows);
    } finally {
      delete(scratch);
    }
  }

  private void run(int events, int windows) throws Exception {
    live();
    restored(countLive());
    int perRun = history.past(1, windows).get(0).events().size();
    int runs = Math.max(1, events / perRun);
    System.err.printf("telling %d runs of %d windows%n", runs, windows);
    long told = history.tell(history.past(runs, windows));
    History.Read plain = history.read(HISTORY);
    fold(told, plain, history.readEvents());
    stored(runs, plain);
    restored(runs);
  }

  private void live() throws Exception {
    Histogram roundTrip = Peers.roundTrips(servers, "bench-round-trips", PEER_SAMPLES);
    double limit = roundTrip.getValueAtPercentile(99) / MILLI;
    System.out.printf(
        "From a run's last event to its verdict, read by a subscriber (milliseconds); peer: a"
            + " record through the broker and back, p50 %.1f, p99 %.1f%n",
        roundTrip.getValueAtPercentile(50) / MILLI, limit);
    try (VerdictService service = VerdictService.start(servers, scratch.resolve("one"))) {
      service.awaitAnswer("/runs", System.nanoTime());
      // The first runs pay for class loading and compiling.
      history.live(WARM_UP, LIVE_WINDOWS);
      for (int runs : LIVE) {
        Histogram verdicts = new Histogram(3);
        double events = service.counter(FOLDED);
        Duration processor = service.processorTime();
        for (int i = 0; i < repeats(runs); i++) {
          verdicts.add(history.live(runs, runs < ENOUGH ? SHORT_WINDOWS : LIVE_WINDOWS));
        }
        System.out.printf(
            "  %5d live runs, %5d windows a second: p50 %.0f, p99 %.0f (n %d), %.1f times the"
                + " peer's p99; processor %.0f us an event; memory %d MB%n",
            runs,
            runs,
            verdicts.getValueAtPercentile(50) / MILLI,
            verdicts.getValueAtPercentile(99) / MILLI,
            verdicts.getTotalCount(),
            verdicts.getValueAtPercentile(99) / MILLI / limit,
            micros(service.processorTime().minus(processor)) / (service.counter(FOLDED) - events),
            service.residentMegabytes());
      }
      service.stop();
    }
  }

  private void fold(long told, History.Read plain, History.Read events) throws Exception {
    try (VerdictService service = VerdictService.start(servers, scratch.resolve("one"))) {
      while (service.counter(FOLDED) <= 0) {
        History.pause();
      }
      double first = service.counter(FOLDED);
      long since = System.nanoTime();
      Duration processor = service.processorTime();
      double folded = first;
      while (folded < told) {
        History.pause();
        folded = service.counter(FOLDED);
      }
      double perSecond = (told - first) * 1e9 / (System.nanoTime() - since);
      double perProcessorSecond =
          (told - first) * 1e6 / micros(service.processorTime().minus(processor));
      System.out.printf(
          "Live fold, one instance, one thread, exactly once: %.0f events a second; limit: a plain"
              + " consumer reads the same topics at %.0f a second; share %.3f; memory %d MB%n",
          perSecond, plain.perSecond(), perSecond / plain.perSecond(), service.residentMegabytes());
      System.out.printf(
          "  of one processor's second: %.0f events; limit: a plain consumer that reads them as events,"
              + " %.0f; share %.3f; one that does not, %.0f%n",
          perProcessorSecond,
          events.perProcessorSecond(),
          perProcessorSecond / events.perProcessorSecond(),
          plain.perProcessorSecond());
      service.awaitAnswer("/runs", System.nanoTime());
      service.stop();
    }
  }

  private void stored(int runs, History.Read plain) throws Exception {
    try (VerdictService service = VerdictService.start(servers, scratch.resolve("one"))) {
      long since = System.nanoTime();
      Duration warm = service.awaitAnswer("/runs", since);
      Map<String, Long> bytes = new TreeMap<>(service.storedBytes());
      long all = bytes.values().stream().mapToLong(Long::longValue).sum();
      double total = runs + countLive();
      System.out.printf(
          "State of a run on disk: %.1f kB; peer: its records in the topics, %.1f kB; ratio %.2f%n",
          all / total / 1e3, plain.bytes() / total / 1e3, (double) all / plain.bytes());
      bytes.forEach(
          (store, size) ->
              System.out.printf("  %-12s %8.2f kB a run%n", store, size / total / 1e3));
      System.out.printf(
          "Start with its stores on disk until it answers: %.1f s%n", warm.toMillis() / MILLI);
      pages(service, "one instance", runs);
      try (VerdictService other = VerdictService.start(servers, scratch.resolve("two"))) {
        Duration joined = other.awaitAnswer("/runs", System.nanoTime());
        service.awaitAnswer("/runs", System.nanoTime());
        System.out.printf(
            "A second instance joins, restores its half and answers after %.1f s%n",
            joined.toMillis() / MILLI);
        pages(service, "two instances", runs);
        other.stop();
      }
      service.kill();
    }
  }

  private static double micros(Duration time) {
    return time.toNanos() / MILLI;
  }

  private static int countLive() {
    int all = WARM_UP;
    for (int runs : LIVE) {
      all += runs * repeats(runs);
    }
    return all;
  }

  /** Few runs are repeated for the sake of the percentiles. */
  private static int repeats(int runs) {
    return Math.clamp(ENOUGH / runs, 1, MOST_REPEATS);
  }

  private void pages(VerdictService service, String where, int runs) throws Exception {
    for (String path : List.of("/runs?limit=50", "/runs?limit=50&outcome=refuted")) {
      Histogram times = service.times(path, PAGES);
      System.out.printf(
          "Page, %-14s %-32s among %d runs: p50 %.1f ms, p99 %.1f ms%n",
          where + ":",
          path,
          runs,
          times.getValueAtPercentile(50) / MILLI,
          times.getValueAtPercentile(99) / MILLI);
    }
  }

  private void restored(int runs) throws Exception {
    History.Read changelogs = history.read(STORES.stream().map(VerdictLive::changelog).toList());
    History.Read lists = history.read(LISTS.stream().map(VerdictLive::changelog).toList());
    delete(scratch.resolve("one"));
    delete(scratch.resolve("two"));
    long since = System.nanoTime();
    try (VerdictService service = VerdictService.start(servers, scratch.resolve("one"))) {
      Duration restored = service.awaitAnswer("/runs", since);
      System.out.printf(
          "Start with nothing on disk until it answers: %.1f s for %d runs, %d records of"
              + " changelogs; limit: a plain consumer reads those in %.1f s; ratio %.1f%n",
          restored.toMillis() / MILLI,
          runs,
          changelogs.records(),
          changelogs.seconds(),
          restored.toMillis() / MILLI / changelogs.seconds());
      System.out.printf(
          "If lists were answered from global tables: every instance would read %d records, %.0f"
              + " MB, %.1f s at least, at every start without a disk, and hold them all%n",
          lists.records(), lists.bytes() / 1e6, lists.seconds());
      service.stop();
    }
  }

  private static String changelog(String store) {
    return "greenstick-verdict-" + store + "-changelog";
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
