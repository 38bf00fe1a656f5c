package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.agent.AgentHeartbeat.Kind;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.Schedule;
import dev.greenstick.contracts.experiment.Schedule.ConcurrencyPolicy;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.scheduler.admission.AtOnce;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs take place where there is somebody to carry them out. */
class AgentsTest {

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration TOO_LONG = SILENCE.plusSeconds(1);

  private DrivenScheduler scheduler;

  @BeforeEach
  void start(@TempDir Path state) {
    scheduler = new DrivenScheduler(state, SILENCE, AtOnce.ANY);
    scheduler.tick(DrivenScheduler.TICK);
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void aRunIsPlannedWhereInjectorAndProbeAreHeard() {
    // Given
    scheduler.define(Examples.experimentDefined());
    scheduler.tick(TOO_LONG);
    beat(Kind.INJECTOR);
    beat(Kind.PROBE);
    scheduler.tick(SILENCE);

    // When
    request();

    // Then
    assertThat(told()).singleElement().isInstanceOf(RunPlanned.class);
  }

  @Test
  void aRunOnAClusterThatWasNeverHeardIsSkippedWithThatReason() {
    // Given
    scheduler.define(Examples.experimentDefined());
    scheduler.tick(TOO_LONG);
    beat(Kind.PROBE);

    // When
    request();

    // Then
    assertThat(reasons())
        .containsExactly(
            "cluster local is offline: no injector of it was ever heard; GET /clusters shows who is"
                + " there");
  }

  @Test
  void aRunOnAClusterWhoseProbeIsSilentIsSkippedAndSaysForHowLong() {
    // Given
    scheduler.define(Examples.experimentDefined());
    beat(Kind.PROBE);
    scheduler.tick(TOO_LONG);
    beat(Kind.INJECTOR);

    // When
    request();

    // Then
    assertThat(reasons())
        .containsExactly(
            "cluster local is offline: its probe was heard last 31s ago; GET /clusters shows who is"
                + " there");
  }

  /** Whoever was away cannot know who was silent meanwhile. */
  @Test
  void aSchedulerThatHasJustStartedGivesAgentsTimeToBeHeard() {
    // Given
    scheduler.define(Examples.experimentDefined());
    scheduler.tick(SILENCE);

    // When
    request();

    // Then
    assertThat(told()).singleElement().isInstanceOf(RunPlanned.class);
  }

  @Test
  void oneOfSeveralInjectorsIsEnough() {
    // Given
    scheduler.define(Examples.experimentDefined());
    scheduler.agent(heartbeat("injector-1", Kind.INJECTOR));
    scheduler.tick(TOO_LONG);
    scheduler.agent(heartbeat("injector-2", Kind.INJECTOR));
    beat(Kind.PROBE);

    // When
    request();

    // Then
    assertThat(told()).singleElement().isInstanceOf(RunPlanned.class);
  }

  @Test
  void aScheduleGoesOnOnceTheAgentsAreBack() {
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
                    spec.baseline(),
                    spec.hypothesis(),
                    spec.steps(),
                    spec.recovery(),
                    List.of(),
                    new Schedule(
                        null,
                        Duration.ofMinutes(1),
                        null,
                        null,
                        ConcurrencyPolicy.FORBID,
                        false)))));

    // When
    scheduler.tick(Duration.ofMinutes(1));
    scheduler.tick(Duration.ofMinutes(1));
    scheduler.tick(Duration.ofSeconds(40));
    beat(Kind.INJECTOR);
    beat(Kind.PROBE);
    scheduler.tick(Duration.ofSeconds(20));

    // Then
    assertThat(told())
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(RunSkipped.class),
            second -> assertThat(second).isInstanceOf(RunSkipped.class),
            third -> assertThat(third).isInstanceOf(RunPlanned.class));
  }

  @Test
  void anAgentThatIsSilentForLongIsForgotten() {
    // Given
    beat(Kind.INJECTOR);
    assertThat(scheduler.held(Scheduler.AGENTS)).isOne();

    // When
    scheduler.tick(DrivenScheduler.TIMEOUTS.remember().plusHours(2));

    // Then
    assertThat(scheduler.held(Scheduler.AGENTS)).isZero();
  }

  private void beat(Kind kind) {
    scheduler.agent(heartbeat("the-" + kind, kind));
  }

  private AgentHeartbeat heartbeat(String name, Kind kind) {
    return new AgentHeartbeat(
        Examples.CLUSTER, name, kind, "0.1.0", List.of("pod-failure"), scheduler.now());
  }

  private void request() {
    scheduler.request(new RunRequested(Examples.EXPERIMENT, scheduler.now(), "alice"));
  }

  private List<RunEvent> told() {
    return scheduler.out(Topics.RUNS).stream().map(out -> (RunEvent) out.data()).toList();
  }

  private List<String> reasons() {
    return told().stream().map(event -> ((RunSkipped) event).reason()).toList();
  }
}
