package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Experiment.Branch;
import dev.greenstick.contracts.experiment.Experiment.Metadata;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.scheduler.admission.AtOnce;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No more runs go on at once than the installation allows. */
class RunsAtOnceTest {

  private static final Duration SILENCE = Duration.ofDays(1);
  private static final OptionalInt ANY = OptionalInt.empty();
  private static final OptionalInt ONE = OptionalInt.of(1);

  @Test
  void oneMoreOnAClusterIsSkippedUntilOneEnds(@TempDir Path state) {
    try (var scheduler = new DrivenScheduler(state, SILENCE, new AtOnce(ANY, ONE, ANY))) {
      // Given
      define(scheduler, "one", "shop");
      define(scheduler, "two", "cache");

      // When
      RunRef first = request(scheduler, "one");
      request(scheduler, "two");
      scheduler.health(new ProbeRefused(first, List.of()));
      scheduler.tick(DrivenScheduler.TICK);
      request(scheduler, "two");

      // Then
      assertThat(told(scheduler))
          .containsExactly(
              "one planned",
              "two: 1 run goes on on cluster local, and"
                  + " greenstick.scheduler.most-runs-of-a-cluster allows 1 at once",
              "two planned");
    }
  }

  @Test
  void runsInOneNamespaceAreCountedTogetherAndOthersAreNot(@TempDir Path state) {
    try (var scheduler = new DrivenScheduler(state, SILENCE, new AtOnce(ANY, ANY, ONE))) {
      // Given
      define(scheduler, "one", "shop");
      define(scheduler, "two", "shop");
      define(scheduler, "three", "cache");

      // When
      request(scheduler, "one");
      request(scheduler, "two");
      request(scheduler, "three");

      // Then
      assertThat(told(scheduler))
          .containsExactly(
              "one planned",
              "two: 1 run goes on in namespace shop of cluster local, and"
                  + " greenstick.scheduler.most-runs-of-a-namespace allows 1 at once",
              "three planned");
    }
  }

  @Test
  void allAreCountedTogether(@TempDir Path state) {
    try (var scheduler =
        new DrivenScheduler(state, SILENCE, new AtOnce(OptionalInt.of(2), ANY, ANY))) {
      // Given
      List<String> names = List.of("one", "two", "three");
      names.forEach(name -> define(scheduler, name, name));

      // When
      names.forEach(name -> request(scheduler, name));

      // Then
      assertThat(told(scheduler))
          .containsExactly(
              "one planned",
              "two planned",
              "three: 2 runs go on, and greenstick.scheduler.most-runs allows 2 at once");
    }
  }

  private static void define(DrivenScheduler scheduler, String name, String namespace) {
    Experiment.Spec spec = Examples.experiment().spec();
    PodChaos like = Examples.podChaos();
    PodChaos.Selector selector =
        new PodChaos.Selector(
            List.of(namespace),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of());
    PodChaos fault =
        new PodChaos(
            like.action(), like.mode(), like.value(), like.duration(), 0, List.of(), selector);
    scheduler.define(
        new ExperimentDefined(
            new Experiment(
                new Metadata(new ExperimentName(name), Map.of()),
                new Experiment.Spec(
                    spec.clusters(),
                    spec.probes(),
                    spec.baseline(),
                    spec.hypothesis(),
                    List.of(
                        new Step(new StepName("pod-failure"), List.of(new Branch(List.of(fault))))),
                    spec.recovery()))));
  }

  private static RunRef request(DrivenScheduler scheduler, String name) {
    ExperimentName experiment = new ExperimentName(name);
    scheduler.request(new RunRequested(experiment, scheduler.now(), "alice"));
    return RunRef.of(experiment, Examples.CLUSTER, scheduler.now());
  }

  private static List<String> told(DrivenScheduler scheduler) {
    return scheduler.out(Topics.RUNS).stream()
        .map(DrivenScheduler.Out::data)
        .<String>mapMulti(
            (event, into) -> {
              if (event instanceof RunPlanned planned) {
                into.accept(planned.run().experiment() + " planned");
              } else if (event instanceof RunSkipped skipped) {
                into.accept(skipped.run().experiment() + ": " + skipped.reason());
              }
            })
        .toList();
  }
}
