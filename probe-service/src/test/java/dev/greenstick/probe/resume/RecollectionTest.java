package dev.greenstick.probe.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.CommandId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecollectionTest {

  private static final Instant ORDERED = Examples.START;
  private static final Instant STARTED = ORDERED.plusMillis(1_500);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Recollection recollection = new Recollection();

  private static RunRef run(int nth) {
    return RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, ORDERED.plusNanos(nth * 1_000_000L));
  }

  private static ProbeStart start(RunRef run) {
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        ORDERED.plusSeconds(30),
        Examples.experiment().spec().probes(),
        List.of(),
        LONGEST);
  }

  private static Event<Command> at(Instant time, Command command) {
    return Event.of(URI.create("/scheduler"), time, command);
  }

  private ProbeStart ordered(int nth) {
    ProbeStart start = start(run(nth));
    recollection.command(at(ORDERED, start));
    return start;
  }

  private ProbeStart started(int nth) {
    ProbeStart start = ordered(nth);
    recollection.health(new ProbeStarted(run(nth), STARTED, List.of(Examples.PROBE)));
    return start;
  }

  private void stopped(int nth, Instant when) {
    recollection.command(
        at(when, new ProbeStop(CommandId.of(run(nth).id(), "probe.stop", ""), run(nth))));
  }

  private void finished(int nth) {
    recollection.health(
        new ProbeFinished(run(nth), STARTED, Map.of(), ProbeFinished.Cause.COMMANDED));
  }

  @Test
  void aRunThatStartedAndDidNotFinishWasInterruptedAndKeepsWhatItLearned() {
    // Given
    ProbeStart start = started(1);
    started(2);
    finished(2);
    ExpectationsLearned learned =
        new ExpectationsLearned(run(1), Examples.PROBE, STARTED, 1, List.of(), List.of());
    recollection.health(learned);

    // When
    List<Interrupted> interrupted = recollection.interrupted(ORDERED.plusSeconds(20));

    // Then
    assertThat(interrupted)
        .containsExactly(
            new Interrupted(start, STARTED, Optional.empty(), Map.of(Examples.PROBE, learned)));
    assertThat(recollection.done()).containsExactly(start(run(2)));
    assertThat(recollection.unheardOf(ORDERED.plusSeconds(20))).isEmpty();
  }

  @Test
  void aRunOfWhichNothingWasHeardIsToBeStartedUnlessItWasStopped() {
    // Given
    ProbeStart start = ordered(1);
    ordered(2);
    stopped(2, ORDERED.plusSeconds(1));

    // When, Then
    assertThat(recollection.unheardOf(ORDERED.plusSeconds(2))).containsExactly(start);
    assertThat(recollection.interrupted(ORDERED.plusSeconds(2))).isEmpty();
  }

  @Test
  void aRunThatWasStoppedMeanwhileEndsWithTheSecondInWhichItWasStopped() {
    // Given
    started(1);
    stopped(1, STARTED.plusMillis(4_200));

    // When
    Interrupted interrupted = recollection.interrupted(ORDERED.plusSeconds(20)).get(0);

    // Then
    assertThat(interrupted.windowsWhenStopped()).isEqualTo(OptionalInt.of(5));
    assertThat(interrupted.closed(5, ProbeFinished.Cause.COMMANDED))
        .isEqualTo(
            new ProbeFinished(
                run(1),
                STARTED.plusSeconds(5),
                Map.of(Examples.PROBE, 5),
                ProbeFinished.Cause.COMMANDED));
  }

  @Test
  void whatIsLongOverIsLeftAloneAndNotLookedFor() {
    // Given
    started(1);
    Instant late = ORDERED.plus(Duration.ofHours(1));

    // When, Then
    assertThat(recollection.interrupted(late)).isEmpty();
    assertThat(recollection.unheardOf(late)).isEmpty();
    assertThat(recollection.since(late)).isEmpty();
    assertThat(recollection.since(ORDERED.plusSeconds(1))).contains(ORDERED);
  }
}
