package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Golden;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.request.AbortRequested;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.BaselineJudged.Steadiness;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.scheduler.DrivenScheduler.Out;
import dev.greenstick.scheduler.admission.AtOnce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole topics, in order, with key and time; time is told from {@link Examples#START}. */
class SchedulerTest {

  private static final String RUN = Examples.RUN.id().toString();
  private static final Duration T0 = Duration.ZERO;

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
  void theTopologyIsTheGoldenOne() {
    // When
    String now =
        DrivenScheduler.topology(new SimpleMeterRegistry(), Duration.ofDays(1), AtOnce.ANY)
            .describe()
            .toString();

    // Then
    Golden.assertThat("topology.txt", now);
  }

  @Test
  void aRunThatGoesWellFinishes() {
    // When
    untilTheFaultIsLive();
    after(30_000).fault(Examples.faultReverted());
    after(20_000).health(finished());

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .containsExactly(
            new Out(RUN, Examples.runPlanned(), T0),
            new Out(RUN, Examples.stepStarted(), at(21_000)),
            new Out(RUN, new RunFinished(Examples.RUN), at(72_000)));
    assertThat(commands())
        .containsExactly(
            new Out(RUN, probeStart(at(15_000)), T0),
            new Out(RUN, inject(at(41_000)), at(21_000)),
            new Out(RUN, probeStop(), at(72_000)));
    assertThat(scheduler.deadLetters()).isEmpty();
    assertThat(
            scheduler.counted(
                "greenstick.scheduler.commands", "type", "dev.greenstick.probe.stop.v1"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNSTEADY", "TOO_THIN"})
  void withoutASteadyBaselineNothingIsInjected(Steadiness steadiness) {
    // Given
    requested();
    after(1_000).health(Examples.probeStarted());

    // When
    after(20_000).verdict(new BaselineJudged(Examples.RUN, steadiness, List.of(), "as it was"));
    after(1_000).health(finished());

    // Then
    Cause cause =
        steadiness == Steadiness.UNSTEADY ? Cause.BASELINE_UNSTEADY : Cause.BASELINE_TOO_THIN;
    assertThat(scheduler.out(Topics.RUNS))
        .containsExactly(
            new Out(RUN, Examples.runPlanned(), T0), aborted(cause, "as it was", true, 22_000));
    assertThat(commands())
        .containsExactly(
            new Out(RUN, probeStart(at(15_000)), T0), new Out(RUN, probeStop(), at(21_000)));
  }

  @Test
  void aSilentProbeEndsTheRun() {
    // Given
    requested();

    // When
    after(14_900);
    assertThat(scheduler.out(Topics.RUNS)).hasSize(1);
    after(100);

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .containsExactly(
            aborted(
                Cause.AGENT_SILENT,
                "the probe of cluster local did not answer probe.start within 15s",
                true,
                15_000));
    assertThat(commands())
        .containsExactly(
            new Out(RUN, probeStart(at(15_000)), T0), new Out(RUN, probeStop(), at(15_000)));
  }

  @Test
  void aProbeThatRefusesEndsTheRun() {
    // Given
    requested();

    // When
    after(500).health(Examples.probeRefused());

    // Then
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(
            aborted(
                Cause.PROBE_REFUSED,
                "the probe refused to start: probes[0].url: cannot be resolved: models.example;"
                    + " correct the host name",
                true,
                500));
  }

  @Test
  void aSilentVerdictEndsTheRun() {
    // Given
    requested();
    after(1_000).health(Examples.probeStarted());

    // When
    after(35_000);
    after(1_000).health(finished());

    // Then
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(
            aborted(
                Cause.AGENT_SILENT,
                "the baseline was not judged within 15s of its end: is the verdict service running?",
                true,
                37_000));
  }

  @Test
  void aSilentInjectorLeavesTheFaultUnknown() {
    // Given
    untilTheFaultIsOrdered();

    // When
    after(20_000);
    after(30_000);
    after(20_000);

    // Then
    String reason =
        "the injector of cluster local did not answer fault.inject within 20s, in step pod-failure";
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(aborted(Cause.AGENT_SILENT, reason, false, 91_000));
    assertThat(commands().subList(2, 4))
        .containsExactly(
            new Out(RUN, revert(reason), at(41_000)), new Out(RUN, probeStop(), at(71_000)));
  }

  @Test
  void aFaultThatDoesNotEndIsCommandedToAndToldAsNotReverted() {
    // Given
    untilTheFaultIsLive();

    // When
    after(60_000);
    after(30_000);
    after(20_000);

    // Then
    String reason =
        "the injector of cluster local did not end the fault after its duration within 30s, in step"
            + " pod-failure";
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(aborted(Cause.AGENT_SILENT, reason, false, 132_000));
    assertThat(commands().get(2)).isEqualTo(new Out(RUN, revert(reason), at(82_000)));
  }

  @Test
  void aRefusedFaultEndsTheRunWithItsReason() {
    // Given
    untilTheFaultIsOrdered();

    // When
    after(1_000).fault(Examples.faultRefused());
    after(1_000).health(finished());

    // Then
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(
            aborted(
                Cause.FAULT_REFUSED,
                "the injector refused the fault of step pod-failure: selector: matches no pod of"
                    + " namespaces [default]; correct it or deploy the model",
                true,
                23_000));
  }

  @Test
  void aRehearsedFaultIsOverAtOnceAndTheRunGoesOn() {
    // Given
    untilTheFaultIsOrdered();

    // When
    after(1_000).fault(Examples.faultRehearsed());
    after(20_000).health(finished());

    // Then
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(new Out(RUN, new RunFinished(Examples.RUN), at(42_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "cluster/local", "experiment/one-pod-fails"})
  void aHaltRevertsWhatItCoversAtOnceAndEndsTheRun(String scope) {
    // Given
    untilTheFaultIsLive();

    // When
    after(5_000).halt(haltOf(scope));
    after(1_000).fault(reverted(FaultReverted.Cause.HALTED));
    after(1_000).health(finished());

    // Then
    String reason = scope + " was halted by alice: a customer called";
    assertThat(scheduler.out(Topics.RUNS))
        .containsExactly(
            new Out(RUN, Examples.runPlanned(), T0),
            new Out(RUN, Examples.stepStarted(), at(21_000)),
            new Out(
                RUN,
                new RunHalted(
                    Examples.RUN,
                    HaltScope.parse(scope),
                    "alice",
                    "a customer called",
                    Examples.START),
                at(27_000)),
            aborted(Cause.HALTED, reason, true, 29_000));
    assertThat(commands().subList(2, 4))
        .containsExactly(
            new Out(RUN, revert(reason), at(27_000)), new Out(RUN, probeStop(), at(28_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster/other", "experiment/another"})
  void aHaltLeavesAloneWhatItDoesNotCover(String scope) {
    // Given
    untilTheFaultIsLive();

    // When
    after(5_000).halt(haltOf(scope));

    // Then
    assertThat(scheduler.out(Topics.RUNS)).hasSize(2);
    assertThat(commands()).hasSize(2);
  }

  @Test
  void whatIsHaltedIsSkippedUntilTheHaltIsLifted() {
    // Given
    scheduler.halt(haltOf("everything"));

    // When
    requested();
    scheduler.halt(Examples.haltLifted());
    after(1_000).request(new RunRequested(Examples.RUN.experiment(), scheduler.now(), "alice"));

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        skipped(
                            "everything is halted by alice: a customer called; lift the halt, then"
                                + " run it again",
                            0)),
            second -> assertThat(second.data()).isInstanceOf(RunPlanned.class));
  }

  @Test
  void aHaltThatIsDeletedFromItsTopicIsLiftedAndOneThatCannotBeReadChangesNothing() {
    // Given
    scheduler.halt(haltOf("cluster/local"));
    scheduler.halt(haltOf("experiment/one-pod-fails"));

    // When
    scheduler.raw(Topics.HALTS, "cluster/local", null, new RecordHeaders());
    scheduler.raw(
        Topics.HALTS,
        "experiment/one-pod-fails",
        "noise".getBytes(StandardCharsets.UTF_8),
        new RecordHeaders());
    requested();

    // Then
    assertThat(scheduler.held(Scheduler.HALTED)).isEqualTo(1);
    assertThat(scheduler.deadLetters()).hasSize(1);
    assertThat(scheduler.out(Topics.RUNS))
        .singleElement()
        .satisfies(out -> assertThat(out.data()).isInstanceOf(RunSkipped.class));
  }

  @Test
  void aBreachedStopConditionRevertsAtOnce() {
    // Given
    untilTheFaultIsLive();

    // When
    after(5_000).verdict(Examples.stopConditionBreached());
    after(1_000).fault(reverted(FaultReverted.Cause.COMMANDED));
    after(1_000).health(finished());

    // Then
    String reason = "stop condition holds: fault.availability < 0.2";
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(aborted(Cause.STOP_CONDITION, reason, true, 29_000));
    assertThat(commands().subList(2, 4))
        .containsExactly(
            new Out(RUN, revert(reason), at(27_000)), new Out(RUN, probeStop(), at(28_000)));
  }

  @Test
  void anAbortRequestRevertsAtOnceAndTwiceIsOnce() {
    // Given
    untilTheFaultIsLive();

    // When
    after(5_000).request(Examples.abortRequested());
    after(10).request(new AbortRequested(Examples.RUN, "bob", "me too"));
    after(1_000).fault(reverted(FaultReverted.Cause.COMMANDED));
    after(1_000).health(finished());

    // Then
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(aborted(Cause.REQUESTED, "requested by alice: a customer called", true, 29_010));
    assertThat(commands().stream().filter(out -> out.data() instanceof FaultRevert)).hasSize(1);
  }

  @Test
  void aProbeThatDoesNotFinishDoesNotKeepARunFromFinishing() {
    // Given
    untilTheFaultIsLive();
    after(30_000).fault(Examples.faultReverted());
    after(20_000);

    // When
    after(20_000);

    // Then
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(new Out(RUN, new RunFinished(Examples.RUN), at(92_000)));
  }

  @Test
  void aSecondRunOfTheSameExperimentWaitsForNobodyAndIsSkipped() {
    // Given
    requested();
    RunRequested again =
        new RunRequested(Examples.EXPERIMENT, scheduler.now().plusSeconds(1), "bob");

    // When
    after(1_000).request(again);

    // Then
    RunRef second = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, again.scheduledFor());
    assertThat(scheduler.out(Topics.RUNS).getLast())
        .isEqualTo(
            new Out(
                second.id().toString(),
                new RunSkipped(
                    second,
                    again.scheduledFor(),
                    "run "
                        + RUN
                        + " of experiment one-pod-fails on cluster local is still going on"),
                at(1_000)));
  }

  @Test
  void afterTheEndTheNextRunIsPlannedAndTheSameRequestIsNot() {
    // Given
    requested();
    after(500).health(Examples.probeRefused());
    scheduler.out(Topics.RUNS);

    // When
    after(500).request(Examples.runRequested());
    after(0).request(new RunRequested(Examples.EXPERIMENT, scheduler.now(), "bob"));

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .singleElement()
        .satisfies(out -> assertThat(out.data()).isInstanceOf(RunPlanned.class))
        .satisfies(
            out -> assertThat(((RunPlanned) out.data()).trigger()).isEqualTo("requested by bob"));
  }

  @Test
  void aRequestThatWaitedTooLongIsSkipped() {
    // Given
    scheduler.define(Examples.experimentDefined());
    after(11 * 60_000);

    // When
    scheduler.request(Examples.runRequested());

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .containsExactly(
            skipped("the run was due 11m0s ago, and may begin at most 10m0s late", 660_000));
  }

  @Test
  void aClusterThatHasNoTopicIsRefused() {
    // Given
    Experiment like = Examples.experiment();
    Experiment.Spec spec = like.spec();
    ClusterName unknown = new ClusterName("mars");
    scheduler.define(
        new ExperimentDefined(
            new Experiment(
                like.metadata(),
                new Experiment.Spec(
                    List.of(unknown),
                    spec.probes(),
                    spec.baseline(),
                    spec.hypothesis(),
                    spec.steps(),
                    spec.recovery()))));

    // When
    scheduler.request(Examples.runRequested());

    // Then
    RunRef run = RunRef.of(Examples.EXPERIMENT, unknown, Examples.START);
    assertThat(scheduler.out(Topics.RUNS))
        .containsExactly(
            new Out(
                run.id().toString(),
                new RunSkipped(
                    run,
                    Examples.START,
                    "cluster mars is not served by this scheduler, which knows local (setting"
                        + " greenstick.scheduler.clusters)"),
                T0));
  }

  @Test
  void anInvalidDefinitionOnTheTopicIsKeptAndItsRunsAreSkippedWithTheProblem() {
    // Given
    Experiment like = Examples.experiment();
    Experiment.Spec spec = like.spec();
    scheduler.define(
        new ExperimentDefined(
            new Experiment(
                like.metadata(),
                new Experiment.Spec(
                    spec.clusters(),
                    spec.probes(),
                    Duration.ofSeconds(1),
                    spec.hypothesis(),
                    spec.steps(),
                    spec.recovery()))));

    // When
    scheduler.request(Examples.runRequested());

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .singleElement()
        .satisfies(
            out ->
                assertThat(((RunSkipped) out.data()).reason())
                    .startsWith(
                        "the definition of experiment one-pod-fails is not valid: spec.baseline"));
    assertThat(scheduler.deadLetters()).isEmpty();
  }

  @Test
  void aRequestThatIsReadBeforeItsDefinitionWaitsForIt() {
    // Given
    scheduler.request(Examples.runRequested());
    after(9_000);
    assertThat(scheduler.out(Topics.RUNS)).isEmpty();
    assertThat(scheduler.held(Scheduler.WAITING)).isEqualTo(1);

    // When
    scheduler.define(Examples.experimentDefined());
    after(500);

    // Then
    assertThat(scheduler.out(Topics.RUNS))
        .singleElement()
        .satisfies(out -> assertThat(out.data().subject()).isEqualTo(RUN));
    assertThat(scheduler.deadLetters()).isEmpty();
    assertThat(scheduler.held(Scheduler.WAITING)).isZero();
  }

  @Test
  void aRequestForAnExperimentThatIsNeverDefinedIsADeadLetterInTheEnd() {
    // Given
    scheduler.request(Examples.runRequested());
    after(9_900);
    assertThat(scheduler.deadLetters()).isEmpty();

    // When
    after(100);

    // Then
    assertThat(scheduler.held(Scheduler.WAITING)).isZero();
    assertThat(scheduler.out(Topics.RUNS)).isEmpty();
    assertThat(scheduler.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(new String(letter.key(), StandardCharsets.UTF_8))
                  .isEqualTo("one-pod-fails");
              assertThat(header(letter.headers(), DeadLetter.REASON))
                  .isEqualTo("experiment one-pod-fails is not defined");
              assertThat(header(letter.headers(), CloudEventHeaders.TYPE))
                  .isEqualTo("dev.greenstick.run.requested.v1");
            });
  }

  @Test
  void aDeletedExperimentIsNotRun() {
    // Given
    scheduler.define(Examples.experimentDefined());
    scheduler.raw(Topics.EXPERIMENTS, "one-pod-fails", null, new RecordHeaders());

    // When
    scheduler.request(Examples.runRequested());
    after(10_000);

    // Then
    assertThat(scheduler.out(Topics.RUNS)).isEmpty();
    assertThat(scheduler.deadLetters()).hasSize(1);
  }

  @Test
  void whatCannotBeReadGoesToTheDeadLettersUntouchedAndTheReaderGoesOn() {
    // Given
    byte[] noise = "noise".getBytes(StandardCharsets.UTF_8);
    Headers headers = new RecordHeaders();
    headers.add("traceparent", "x".getBytes(StandardCharsets.UTF_8));

    // When
    scheduler.raw(Topics.EXPERIMENTS, "one-pod-fails", noise, headers);
    scheduler.raw(Topics.FAULTS, null, noise, new RecordHeaders());
    scheduler.raw(Topics.VERDICTS, RUN, null, new RecordHeaders());
    requested();

    // Then
    assertThat(scheduler.deadLetters())
        .extracting(
            letter -> header(letter.headers(), DeadLetter.ORIGIN_TOPIC),
            letter -> header(letter.headers(), DeadLetter.REASON),
            letter -> letter.value())
        .containsExactly(
            tuple("greenstick.experiments", "header ce_specversion is missing", noise),
            tuple("greenstick.faults", "record has no key", noise),
            tuple("greenstick.verdicts", "record has no value", null));
    assertThat(scheduler.out(Topics.RUNS)).hasSize(1);
    assertThat(scheduler.counted("greenstick.scheduler.dead.letters", "topic", "greenstick.faults"))
        .isEqualTo(1);
  }

  @Test
  void windowsAreNotEvenParsed() {
    // Given
    Headers headers = new RecordHeaders();
    headers.add(
        CloudEventHeaders.TYPE, "dev.greenstick.health.window.v1".getBytes(StandardCharsets.UTF_8));

    // When
    scheduler.raw(Topics.HEALTH, RUN, "noise".getBytes(StandardCharsets.UTF_8), headers);

    // Then
    assertThat(scheduler.deadLetters()).isEmpty();
  }

  @Test
  void anEndedRunIsForgottenInTheEnd() {
    // Given
    requested();
    after(500).health(Examples.probeRefused());
    assertThat(scheduler.held(Scheduler.SAGAS)).isEqualTo(1);

    // When
    after(Duration.ofDays(7).toMillis());

    // Then
    assertThat(scheduler.held(Scheduler.SAGAS)).isZero();
    assertThat(scheduler.held(Scheduler.TIMERS)).isZero();
    assertThat(scheduler.held(Scheduler.GOING)).isZero();
  }

  private void requested() {
    scheduler.define(Examples.experimentDefined());
    scheduler.request(Examples.runRequested());
  }

  private void untilTheFaultIsOrdered() {
    requested();
    after(1_000).health(Examples.probeStarted());
    after(20_000).verdict(Examples.baselineJudged());
  }

  private void untilTheFaultIsLive() {
    untilTheFaultIsOrdered();
    after(1_000).fault(Examples.faultInjected());
  }

  private DrivenScheduler after(long millis) {
    scheduler.tick(Duration.ofMillis(millis));
    return scheduler;
  }

  private List<Out> commands() {
    return scheduler.out(Topics.commands(Examples.CLUSTER));
  }

  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Out aborted(Cause cause, String reason, boolean reverted, long millis) {
    return new Out(RUN, new RunAborted(Examples.RUN, cause, reason, reverted), at(millis));
  }

  private static Out skipped(String reason, long millis) {
    return new Out(RUN, new RunSkipped(Examples.RUN, Examples.START, reason), at(millis));
  }

  private static ProbeStart probeStart(Duration deadline) {
    ProbeStart like = Examples.probeStart();
    return new ProbeStart(
        like.command(),
        like.run(),
        Examples.START.plus(deadline),
        like.probes(),
        like.watch(),
        Duration.ofSeconds(20 + 15 + 20 + 30 + 30 + 20 + 30 + 20),
        Examples.experiment().spec().baseline(),
        Examples.experiment().spec().alerts());
  }

  private static ProbeStop probeStop() {
    return new ProbeStop(CommandId.of(Examples.RUN.id(), "probe.stop", ""), Examples.RUN);
  }

  private static FaultInject inject(Duration deadline) {
    FaultInject like = Examples.faultInject();
    return new FaultInject(
        like.command(),
        like.run(),
        Examples.START.plus(deadline),
        like.fault(),
        like.step(),
        like.spec());
  }

  private static Command revert(String reason) {
    FaultRevert like = Examples.faultRevert();
    return new FaultRevert(like.command(), like.run(), like.fault(), reason);
  }

  private static HaltSet haltOf(String scope) {
    return new HaltSet(HaltScope.parse(scope), "alice", "a customer called", Examples.START);
  }

  private static FaultReverted reverted(FaultReverted.Cause cause) {
    FaultReverted like = Examples.faultReverted();
    return new FaultReverted(
        like.run(), like.fault(), like.step(), cause, "as told", like.pods(), like.revertedAt());
  }

  private static ProbeFinished finished() {
    return new ProbeFinished(
        Examples.RUN, Examples.START, Map.of(Examples.PROBE, 70), ProbeFinished.Cause.COMMANDED);
  }

  private static String header(Headers headers, String name) {
    return CloudEventHeaders.text(headers, name);
  }
}
