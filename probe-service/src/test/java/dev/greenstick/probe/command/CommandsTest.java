package dev.greenstick.probe.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Limits LIMITS =
      new Limits(2, 100, Duration.ofSeconds(10), 500, Duration.ofHours(1));
  private static final RunRef RUN = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, NOW);
  private static final Probe PROBE = Examples.probeStart().probes().getFirst();

  private final Commands commands = new Commands(Examples.CLUSTER, LIMITS, 100);

  private static ProbeStart start(RunRef run, Instant deadline, Duration longest, Probe... probes) {
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        deadline,
        List.of(probes),
        List.of(),
        longest);
  }

  private static ProbeStart start(RunRef run) {
    return start(run, NOW.plusSeconds(10), Duration.ofMinutes(2), PROBE);
  }

  private static ProbeStop stop(RunRef run) {
    return new ProbeStop(CommandId.of(run.id(), "probe.stop", ""), run);
  }

  private Decision decide(Command command) {
    return commands.decide(command, NOW);
  }

  @Test
  void aStartStartsAndAStopStops() {
    assertThat(decide(start(RUN))).isEqualTo(new Decision.Start(start(RUN)));
    assertThat(decide(stop(RUN))).isEqualTo(new Decision.Stop(RUN));
  }

  @Test
  void aCommandDeliveredAgainActsOnce() {
    // Given
    decide(start(RUN));

    // When, Then
    assertThat(decide(start(RUN))).isInstanceOf(Decision.Ignore.class);
    assertThat(decide(stop(RUN))).isInstanceOf(Decision.Stop.class);
    assertThat(decide(stop(RUN))).isInstanceOf(Decision.Ignore.class);
    assertThat(decide(start(RUN))).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  void anotherStartOfTheSameRunIsAConflict() {
    // Given
    decide(start(RUN));

    // When
    Decision another = decide(start(RUN, NOW.plusSeconds(11), Duration.ofMinutes(2), PROBE));

    // Then
    assertThat(another).isInstanceOf(Decision.Conflict.class);
  }

  @Test
  void aRunThatWasStoppedBeforeItsStartIsRefused() {
    // Given
    decide(stop(RUN));

    // When
    Decision refused = decide(start(RUN));

    // Then
    assertThat(refused)
        .isEqualTo(
            new Decision.Refuse(
                RUN, List.of(new Problem("", "the run was stopped before it was started"))));
    assertThat(decide(start(RUN))).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  void aStartAtItsDeadlineStartsAndOnePastItIsRefused() {
    // Given
    ProbeStart start = start(RUN, NOW, Duration.ofMinutes(2), PROBE);

    // When, Then
    assertThat(new Commands(Examples.CLUSTER, LIMITS, 100).decide(start, NOW))
        .isInstanceOf(Decision.Start.class);
    assertThat(paths(commands.decide(start, NOW.plusNanos(1)))).containsExactly("deadline");
  }

  @Test
  void faultsAreLeftToTheInjector() {
    assertThat(decide(Examples.faultInject())).isInstanceOf(Decision.Ignore.class);
    assertThat(decide(Examples.faultRevert())).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    // Given
    Probe bad =
        with(
            probe ->
                new Probe(
                    probe.name(),
                    probe.protocol(),
                    URI.create("http://user:secret@host"),
                    " ",
                    null,
                    101,
                    Duration.ZERO,
                    List.of()));
    Probe crowded =
        with(
            probe ->
                new Probe(
                    probe.name(),
                    probe.protocol(),
                    URI.create("http://host/?q"),
                    "m",
                    null,
                    100,
                    Duration.ofSeconds(6),
                    probe.requests()));
    RunRef elsewhere = RunRef.of(Examples.EXPERIMENT, new ClusterName("elsewhere"), NOW);
    ProbeStart start =
        start(elsewhere, NOW.minusSeconds(1), Duration.ofHours(2), bad, crowded, crowded);

    // When
    Decision decision = decide(start);

    // Then
    assertThat(paths(decision))
        .containsExactly(
            "run.cluster",
            "deadline",
            "longest",
            "probes",
            "probes[0].url",
            "probes[0].model",
            "probes[0].rate",
            "probes[0].timeout",
            "probes[0].requests",
            "probes[1].name",
            "probes[1].url",
            "probes[1].timeout",
            "probes[2].name",
            "probes[2].url",
            "probes[2].timeout");
    assertThat(decision.toString()).doesNotContain("secret");
  }

  @Test
  void aRateThatIsNoNumberIsRefused() {
    // Given
    Probe odd =
        with(
            probe ->
                new Probe(
                    new ProbeName("odd"),
                    probe.protocol(),
                    probe.url(),
                    probe.model(),
                    null,
                    Double.NaN,
                    probe.timeout(),
                    probe.requests()));

    // When, Then
    assertThat(paths(decide(start(RUN, NOW, Duration.ofMinutes(1), odd))))
        .containsExactly("probes[0].rate");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void inAnyOrderWithAnyDuplicatesARunStartsOnceAtMostAndNeverAfterItsStop(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    List<Command> delivered = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      RunRef run =
          RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, NOW.plusSeconds(random.nextInt(8)));
      delivered.add(random.nextInt(3) == 0 ? stop(run) : start(run));
    }

    // When
    Map<RunRef, List<Decision>> acted = new HashMap<>();
    Map<RunRef, Boolean> stopped = new HashMap<>();
    for (Command command : delivered) {
      Decision decision = decide(command);
      if (decision instanceof Decision.Start) {
        assertThat(stopped).doesNotContainKey(command.run());
      }
      if (command instanceof ProbeStop) {
        stopped.put(command.run(), true);
      }
      if (!(decision instanceof Decision.Ignore)) {
        acted.computeIfAbsent(command.run(), run -> new ArrayList<>()).add(decision);
      }
    }

    // Then
    acted
        .values()
        .forEach(
            decisions -> {
              assertThat(decisions).hasSizeLessThanOrEqualTo(2);
              assertThat(decisions.getFirst())
                  .isInstanceOfAny(Decision.Start.class, Decision.Refuse.class);
              if (decisions.size() == 2) {
                assertThat(decisions.getFirst()).isInstanceOf(Decision.Start.class);
                assertThat(decisions.getLast()).isInstanceOf(Decision.Stop.class);
              }
            });
  }

  private static Probe with(UnaryOperator<Probe> change) {
    return change.apply(PROBE);
  }

  private static List<String> paths(Decision decision) {
    return ((Decision.Refuse) decision).problems().stream().map(Problem::path).toList();
  }
}
