package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.Schedule;
import dev.greenstick.contracts.experiment.Schedule.ConcurrencyPolicy;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.scheduler.DrivenScheduler.Out;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule never stalls, and says of everything that was due what became of it. */
class ScheduledRunsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private DrivenScheduler scheduler;

  @BeforeEach
  void start(@TempDir Path state) {
    scheduler = new DrivenScheduler(state);
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void aRunIsPlannedAtEachInstantThatIsDue() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));

    // When
    scheduler.tick(HOUR);
    end(at(1));
    scheduler.tick(HOUR);

    // Then
    assertThat(told())
        .satisfiesExactly(
            first -> {
              assertThat(first).isInstanceOf(RunPlanned.class);
              assertThat(first.run()).isEqualTo(run(at(1)));
              assertThat(((RunPlanned) first).trigger()).isEqualTo("scheduled: 0 * * * *, UTC");
              assertThat(((RunPlanned) first).scheduledFor()).isEqualTo(at(1));
            },
            ended -> assertThat(ended).isInstanceOf(RunAborted.class),
            second -> {
              assertThat(second).isInstanceOf(RunPlanned.class);
              assertThat(second.run()).isEqualTo(run(at(2)));
            });
  }

  @Test
  void nothingIsDueBeforeItsTime() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));

    // When
    scheduler.tick(HOUR.minusMillis(1));

    // Then
    assertThat(told()).isEmpty();
  }

  @Test
  void aRunThatMayNotOverlapIsSkippedAndTheNextOneTakesPlace() {
    // Given
    define(quick("@every 10s", ConcurrencyPolicy.FORBID, null));

    // When
    scheduler.tick(Duration.ofSeconds(10));
    scheduler.tick(Duration.ofSeconds(10));
    end(Examples.START.plusSeconds(10));
    scheduler.tick(Duration.ofSeconds(10));

    // Then
    assertThat(told())
        .extracting(event -> event.getClass().getSimpleName(), event -> event.run().id())
        .containsExactly(
            tuple("RunPlanned", after(10).id()),
            tuple("RunSkipped", after(20).id()),
            tuple("RunAborted", after(10).id()),
            tuple("RunPlanned", after(30).id()));
  }

  @Test
  void runsThatMayOverlapDo() {
    // Given
    define(quick("@every 10s", ConcurrencyPolicy.ALLOW, null));

    // When
    scheduler.tick(Duration.ofSeconds(10));
    scheduler.tick(Duration.ofSeconds(10));

    // Then
    assertThat(told()).hasSize(2).allSatisfy(e -> assertThat(e).isInstanceOf(RunPlanned.class));
    assertThat(scheduler.held(Scheduler.GOING)).isEqualTo(2);
  }

  @Test
  void aRunThatReplacesBeginsWhenTheOtherHasEnded() {
    // Given
    define(quick("@every 10s", ConcurrencyPolicy.REPLACE, null));
    scheduler.tick(Duration.ofSeconds(10));

    // When
    scheduler.tick(Duration.ofSeconds(10));
    scheduler.tick(Duration.ofSeconds(5));
    assertThat(scheduler.out(Topics.RUNS))
        .extracting(Out::data)
        .last()
        .isEqualTo(new RunReplaced(after(10), after(20).id()));
    end(Examples.START.plusSeconds(10));

    // Then
    assertThat(told())
        .satisfiesExactly(
            aborted ->
                assertThat(aborted)
                    .isEqualTo(
                        new RunAborted(
                            after(10),
                            RunAborted.Cause.REPLACED,
                            "run " + after(20).id() + " takes its place",
                            true)),
            planned -> {
              assertThat(planned).isInstanceOf(RunPlanned.class);
              assertThat(planned.run()).isEqualTo(after(20));
            });
    assertThat(scheduler.held(Scheduler.SUCCESSORS)).isZero();
  }

  @Test
  void ofSeveralThatWaitToReplaceTheLatestBegins() {
    // Given
    define(quick("@every 10s", ConcurrencyPolicy.REPLACE, null));
    scheduler.tick(Duration.ofSeconds(10));

    // When
    scheduler.tick(Duration.ofSeconds(10));
    scheduler.tick(Duration.ofSeconds(10));
    end(Examples.START.plusSeconds(10));

    // Then
    List<RunEvent> told = told();
    assertThat(told.getLast()).isInstanceOf(RunPlanned.class);
    assertThat(told.getLast().run()).isEqualTo(after(30));
    assertThat(told)
        .filteredOn(RunSkipped.class::isInstance)
        .extracting(RunEvent::run)
        .containsExactly(after(20));
  }

  @Test
  void afterAYearAwayTheLatestRunsTheOthersAreToldAndTheNextIsDueInTime() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));

    // When
    scheduler.tick(Duration.ofDays(365));
    List<RunEvent> told = told();
    end(at(365 * 24));
    scheduler.tick(HOUR);

    // Then
    assertThat(told).hasSize(100);
    assertThat(told.subList(0, 99)).allSatisfy(e -> assertThat(e).isInstanceOf(RunSkipped.class));
    assertThat(((RunSkipped) told.getFirst()).reason())
        .endsWith("is the latest; so were earlier ones, from 2026-11-24T11:00:00Z on");
    assertThat(((RunSkipped) told.get(98)).reason())
        .isEqualTo(
            "the run was due 1h0m0s ago and was missed; the one that was due at"
                + " 2027-11-24T10:00:00Z is the latest");
    assertThat(told.getLast()).isInstanceOf(RunPlanned.class);
    assertThat(told.getLast().run()).isEqualTo(run(at(365 * 24)));
    assertThat(told().getLast().run()).isEqualTo(run(at(365 * 24 + 1)));
  }

  @Test
  void whatIsLaterThanItsOwnDeadlineIsSkippedAndTheNextTakesPlace() {
    // Given
    define(quick("0 * * * *", ConcurrencyPolicy.FORBID, Duration.ofMinutes(1)));

    // When
    scheduler.tick(HOUR.plusMinutes(2));
    scheduler.tick(HOUR.minusMinutes(2));

    // Then
    assertThat(told())
        .satisfiesExactly(
            late ->
                assertThat(((RunSkipped) late).reason())
                    .isEqualTo("the run was due 2m0s ago, and may begin at most 1m0s late"),
            next -> assertThat(next).isInstanceOf(RunPlanned.class));
  }

  @Test
  void aSuspendedScheduleIsNotDueUntilItGoesOn() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));
    define(new Schedule("0 * * * *", null, null, null, null, true));

    // When
    scheduler.tick(HOUR.multipliedBy(50));
    assertThat(told()).isEmpty();
    define(hourly(ConcurrencyPolicy.FORBID));
    scheduler.tick(HOUR);

    // Then
    assertThat(told()).singleElement().satisfies(e -> assertThat(e.run()).isEqualTo(run(at(51))));
  }

  @Test
  void aNewDefinitionWithTheSameScheduleKeepsWhatIsDueAndRunsAsItIsThen() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));
    scheduler.tick(HOUR.minusMillis(100));

    // When
    Experiment changed = scheduled(hourly(ConcurrencyPolicy.FORBID), Duration.ofSeconds(77));
    scheduler.define(new ExperimentDefined(changed));
    scheduler.tick(Duration.ofMillis(100));

    // Then
    assertThat(told())
        .singleElement()
        .satisfies(planned -> assertThat(((RunPlanned) planned).experiment()).isEqualTo(changed));
  }

  @Test
  void aDeletedExperimentIsNotDueAnyMore() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));

    // When
    scheduler.raw(Topics.EXPERIMENTS, "one-pod-fails", null, new RecordHeaders());
    scheduler.tick(HOUR.multipliedBy(3));

    // Then
    assertThat(told()).isEmpty();
    assertThat(scheduler.held(Scheduler.OCCURRENCES)).isZero();
    assertThat(scheduler.held(Scheduler.SCHEDULES)).isZero();
  }

  @Test
  void whatIsHaltedIsSkippedAndTheScheduleGoesOn() {
    // Given
    define(hourly(ConcurrencyPolicy.FORBID));
    scheduler.halt(Examples.haltSet());

    // When
    scheduler.tick(HOUR);
    scheduler.halt(Examples.haltLifted());
    scheduler.tick(HOUR);

    // Then
    assertThat(told())
        .satisfiesExactly(
            halted -> assertThat(halted).isInstanceOf(RunSkipped.class),
            planned -> assertThat(planned).isInstanceOf(RunPlanned.class));
  }

  @Test
  void noRunIsToldTwice() {
    // Given
    define(quick("@every 1s", ConcurrencyPolicy.FORBID, null));

    // When
    for (int i = 0; i < 100; i++) {
      scheduler.tick(Duration.ofMillis(700 + 37 * i));
    }

    // Then
    List<RunEvent> begun =
        told().stream()
            .filter(event -> event instanceof RunPlanned || event instanceof RunSkipped)
            .toList();
    Set<RunRef> runs = begun.stream().map(RunEvent::run).collect(Collectors.toSet());
    assertThat(begun).hasSameSizeAs(runs);
    long seconds = Duration.between(Examples.START, scheduler.now()).toSeconds();
    assertThat(runs).hasSize((int) seconds);
  }

  private void define(Schedule schedule) {
    scheduler.define(
        new ExperimentDefined(scheduled(schedule, Examples.experiment().spec().baseline())));
  }

  private static Experiment scheduled(Schedule schedule, Duration baseline) {
    Experiment.Spec spec = Examples.experiment().spec();
    return new Experiment(
        Examples.experiment().metadata(),
        new Experiment.Spec(
            spec.clusters(),
            spec.probes(),
            baseline,
            spec.hypothesis(),
            spec.steps(),
            spec.recovery(),
            spec.alerts(),
            schedule));
  }

  private static Schedule hourly(ConcurrencyPolicy policy) {
    return quick("0 * * * *", policy, null);
  }

  private static Schedule quick(String cron, ConcurrencyPolicy policy, Duration deadline) {
    return new Schedule(cron, null, null, deadline, policy, null);
  }

  /** The run of that instant ends early: its probe refuses. */
  private void end(Instant scheduledFor) {
    scheduler.health(new ProbeRefused(run(scheduledFor), Examples.probeRefused().problems()));
    scheduler.health(
        new ProbeFinished(
            run(scheduledFor), scheduledFor, Map.of(), ProbeFinished.Cause.COMMANDED));
  }

  private static Instant at(long hours) {
    return Examples.START.plus(Duration.ofHours(hours));
  }

  private static RunRef after(long seconds) {
    return run(Examples.START.plusSeconds(seconds));
  }

  private static RunRef run(Instant scheduledFor) {
    return RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, scheduledFor);
  }

  private List<RunEvent> told() {
    return scheduler.out(Topics.RUNS).stream().map(out -> (RunEvent) out.data()).toList();
  }
}
