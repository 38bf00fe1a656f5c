package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.Arrivals;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.HealthWindow.Failure;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeFinished.Cause;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.pace.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs in virtual time against servers that do whatever servers do, on lanes that stall: each
 * intended prediction counts once, in its own second, by what became of it. A failure names its
 * seed.
 */
class ProbeRunSimulationTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MOST_STEPS = 1_000_000;
  private static final Duration LATENESS = Duration.ofMillis(100);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyIntendedPredictionCountsOnceInItsSecond(long seed) throws Exception {
    // Given
    World world = new World(seed);
    boolean isStopped = world.random.nextBoolean();
    if (isStopped) {
      world.time.in(world.random.nextLong(12 * SECOND), () -> world.run.stop(Cause.COMMANDED));
    }

    // When
    world.run.start(world.start, null, null);
    world.time.runToTheEnd(MOST_STEPS);

    // Then
    ProbeFinished finished = world.finished();
    assertThat(finished.cause())
        .isIn(Cause.LONGEST_ELAPSED, isStopped ? Cause.COMMANDED : Cause.LONGEST_ELAPSED);
    for (SimulatedServer server : world.servers) {
      List<HealthWindow> windows = world.windows(server.probe().name());
      int count = finished.windows().get(server.probe().name());
      assertThat(windows)
          .extracting(HealthWindow::index)
          .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
      if (!isStopped) {
        assertThat(count).isEqualTo(world.longestSeconds);
      }
      windows.forEach(window -> world.check(server, window));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anInterruptedRunGoesOnWithTheNextWindowAndWhatWasMissedStaysMissing(long seed)
      throws Exception {
    // Given
    int first = 1 + (int) (seed % 12);
    World world = new World(seed, new Beginning(first, Map.of()));

    // When
    world.run.start(world.start, null, null);
    world.time.runToTheEnd(MOST_STEPS);

    // Then
    ProbeFinished finished = world.finished();
    for (SimulatedServer server : world.servers) {
      int count = finished.windows().get(server.probe().name());
      assertThat(count).isEqualTo(world.longestSeconds);
      List<HealthWindow> windows = world.windows(server.probe().name());
      assertThat(windows)
          .extracting(HealthWindow::index)
          .containsExactlyElementsOf(IntStream.range(first, count).boxed().toList());
      windows.forEach(window -> world.check(server, window));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRunThatIsCutHandsOutWhatIsCompleteAndNothingElse(long seed) throws Exception {
    // Given
    World world = new World(seed);
    long cutAt = world.random.nextLong(12 * SECOND);
    world.time.in(Math.max(0, cutAt - SECOND), () -> world.run.stop(Cause.SHUTDOWN));
    world.time.in(cutAt, world.run::cut);

    // When
    world.run.start(world.start, null, null);
    world.time.runToTheEnd(MOST_STEPS);

    // Then
    ProbeFinished finished = world.finished();
    for (SimulatedServer server : world.servers) {
      List<HealthWindow> windows = world.windows(server.probe().name());
      assertThat(windows)
          .extracting(HealthWindow::index)
          .containsExactlyElementsOf(
              IntStream.range(0, finished.windows().get(server.probe().name())).boxed().toList());
      windows.forEach(window -> world.check(server, window));
    }
  }

  private static final class World {

    final SplittableRandom random;
    final VirtualTime time = new VirtualTime();
    final List<SimulatedServer> servers = new ArrayList<>();
    final List<HealthEvent> events = new ArrayList<>();
    final boolean isFresh;
    final int longestSeconds;
    final ProbeStart start;
    final ProbeRun run;
    final RunClock clock;

    World(long seed) throws Exception {
      this(seed, Beginning.FRESH);
    }

    World(long seed, Beginning beginning) throws Exception {
      random = new SplittableRandom(seed);
      isFresh = beginning.isFresh();
      longestSeconds = 1 + random.nextInt(10);
      List<Probe> probes = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        probes.add(probe("probe-" + i));
      }
      start =
          new ProbeStart(
              CommandId.of(Examples.RUN.id(), "probe.start", ""),
              Examples.RUN,
              VirtualTime.START.plusSeconds(10),
              probes,
              List.of(),
              Duration.ofSeconds(longestSeconds).minusMillis(random.nextInt(1000)));
      // An interrupted run began so long ago that its first window is the next one to come.
      clock =
          beginning.isFresh()
              ? RunClock.startingIn(Duration.ofMillis(random.nextInt(200)), time, time)
              : RunClock.startedAt(
                  VirtualTime.START.minusSeconds(beginning.firstWindow()).plusMillis(300),
                  time,
                  time);
      run =
          new ProbeRun(
              start,
              beginning,
              clock,
              LATENESS,
              (at, event) -> events.add(event),
              Runnable::run,
              () -> Strand.wokenBy(time, lane()),
              (probe, lane) -> {
                SimulatedServer server = new SimulatedServer(time, random.split(), probe);
                servers.add(server);
                return server;
              });
    }

    /** Mostly prompt, at times busy for longer than any timeout; in order all the same. */
    private Executor lane() {
      SplittableRandom stalls = random.split();
      long[] freeAt = {0};
      return task -> {
        long stall =
            switch (stalls.nextInt(50)) {
              case 0 -> stalls.nextLong(3 * SECOND);
              case 1, 2, 3 -> stalls.nextLong(20_000_000);
              default -> stalls.nextLong(100_000);
            };
        freeAt[0] = Math.max(freeAt[0], time.nanos() + stall);
        time.at(freeAt[0], task);
      };
    }

    private Probe probe(String name) throws Exception {
      double rate = random.nextInt(4) == 0 ? random.nextDouble(0.1, 2) : random.nextDouble(2, 60);
      return new Probe(
          new ProbeName(name),
          ServingProtocol.OPEN_INFERENCE_V2,
          URI.create("http://model"),
          "m",
          null,
          rate,
          Duration.ofMillis(1 + random.nextInt(2_500)),
          List.of(
              new PredictionRequest(
                  Json.mapper().readTree("[{}]"), Json.mapper().readTree("{\"label\":[\"O\"]}"))),
          arrivals(),
          null,
          null,
          Map.of());
    }

    private Arrivals arrivals() {
      return switch (random.nextInt(8)) {
        case 0 -> Arrivals.of(new Arrivals.Poisson(random.nextLong()));
        case 1 -> Arrivals.of(new Arrivals.Ramp(random.nextDouble(1, 60), Duration.ofSeconds(5)));
        case 2 ->
            Arrivals.of(
                List.of(
                    new Arrivals.Step(random.nextDouble(1, 60), Duration.ofMillis(2_500)),
                    new Arrivals.Step(random.nextDouble(1, 60), Duration.ofSeconds(1))));
        case 3 ->
            Arrivals.of(
                new Arrivals.Replay(
                    List.of(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(1_900)),
                    null,
                    random.nextBoolean()));
        default -> null;
      };
    }

    ProbeFinished finished() {
      assertThat(events.stream().filter(ProbeStarted.class::isInstance)).hasSize(isFresh ? 1 : 0);
      assertThat(events.getFirst())
          .isInstanceOfAny(isFresh ? ProbeStarted.class : HealthWindow.class, ProbeFinished.class);
      assertThat(events.getLast()).isInstanceOf(ProbeFinished.class);
      assertThat(events.stream().filter(event -> !(event instanceof HealthWindow)))
          .hasSize(isFresh ? 2 : 1);
      assertThat(run.ended()).isCompleted();
      assertThat(servers).allSatisfy(server -> assertThat(server.open).isZero());
      assertThat(servers).allSatisfy(server -> assertThat(server.closed).isTrue());
      return (ProbeFinished) events.getLast();
    }

    List<HealthWindow> windows(ProbeName probe) {
      return events.stream()
          .filter(HealthWindow.class::isInstance)
          .map(HealthWindow.class::cast)
          .filter(window -> window.probe().equals(probe))
          .toList();
    }

    /** Works out from what the server did what the window must say. */
    void check(SimulatedServer server, HealthWindow window) {
      Pace pace = Pace.of(server.probe(), (double) servers.indexOf(server) / servers.size());
      long timeout = server.probe().timeout().toNanos();
      long ok = 0;
      Map<Failure, Long> failures = new EnumMap<>(Failure.class);
      Histogram latency = LatencyHistogram.empty();
      long first = pace.countBefore(window.index() * SECOND);
      long end = pace.countBefore((window.index() + 1) * SECOND);
      long late = 0;
      long unsent = 0;
      for (long index = first; index < end; index++) {
        long intended = clock.tickAt(pace.offsetNanos(index));
        Optional<SimulatedServer.Fate> fate = Optional.ofNullable(server.fates.get(index));
        late = Math.max(late, fate.map(sent -> sent.sentAt() - intended).orElse(0L));
        unsent += fate.isEmpty() ? 1 : 0;
        long took =
            fate.flatMap(SimulatedServer.Fate::answeredAt)
                .map(answered -> answered - intended)
                .filter(latencyNanos -> latencyNanos < timeout)
                .orElse(timeout);
        Optional<Failure> failure =
            took == timeout ? Optional.of(Failure.TIMED_OUT) : fate.get().failure();
        if (failure.isEmpty()) {
          ok++;
        } else {
          failures.merge(failure.get(), 1L, Long::sum);
        }
        if (!failure.equals(Optional.of(Failure.REFUSED))) {
          LatencyHistogram.record(latency, took / 1_000);
        }
      }
      assertThat(window.answers()).isEqualTo(answers(ok, failures));
      assertThat(LatencyHistogram.decode(window.latency())).isEqualTo(latency);
      assertThat(window.latenessMicros()).isGreaterThanOrEqualTo(late / 1_000);
      assertThat(window.notSent()).isEqualTo(unsent);
      assertThat(window.late()).isEqualTo(window.latenessMicros() > LATENESS.toNanos() / 1_000);
      assertThat(window.exemplars())
          .extracting(HealthWindow.Exemplar::answer)
          .containsExactlyElementsOf(failures.keySet());
      assertThat(window.start()).isEqualTo(clock.startedAt().plusSeconds(window.index()));
    }

    private static Answers answers(long ok, Map<Failure, Long> failures) {
      return new Answers(
          ok,
          failures.getOrDefault(Failure.WRONG, 0L),
          failures.getOrDefault(Failure.MALFORMED, 0L),
          failures.getOrDefault(Failure.REFUSED, 0L),
          failures.getOrDefault(Failure.TIMED_OUT, 0L),
          failures.getOrDefault(Failure.SERVER_ERROR, 0L),
          failures.getOrDefault(Failure.CLIENT_ERROR, 0L));
    }
  }
}
