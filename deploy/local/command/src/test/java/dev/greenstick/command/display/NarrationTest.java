package dev.greenstick.command.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {

  private static String told(List<RunData> events) {
    List<String> lines = new ArrayList<>();
    RunView view = RunView.EMPTY;
    for (RunData event : events) {
      RunView before = view;
      view = view.after(event);
      Narration.of(event, before, view).ifPresent(lines::add);
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void aRunIsToldFromPlanToVerdict() {
    // When
    var lines = told(Story.whole());

    // Then
    assertThat(lines)
        .isEqualTo(
"""
run 064f9889-6ec5-3488-a0df-b057747aa3a5 of experiment one-pod-fails on cluster local is planned
baseline: asking crescents at http://127.0.0.1:8000 50 times a second
pod default/crescents-6c9f7-x2x4p: ready, image model:1
pod default/crescents-6c9f7-k8s2m: ready, image model:1
baseline is steady: every assertion on the steady state held
step pod-failure: fault ordered
fault: pod-failure hits default/crescents-6c9f7-x2x4p, 1 of 3 candidates, for 30s: images patched to registry.k8s.io/pause:3.10
pod default/crescents-6c9f7-x2x4p: not ready (ContainersNotReady), image pause:3.10, restarts 1, hit by the fault
fault reverted, its duration of 30s was over: default/crescents-6c9f7-x2x4p is as before
pod default/crescents-6c9f7-x2x4p: ready, image model:1, restarts 2, hit by the fault
the probe is done after 73 s
run finished, every event of it is recorded
verdict: refuted
""");
  }

  @Test
  void aPodIsToldOfOnceInEachState() {
    // Given
    List<RunData> events =
        List.of(
            Story.healthy(Story.OTHER, 1, 0),
            Story.healthy(Story.OTHER, 2, 0),
            Story.healthy(Story.OTHER, 3, 1));

    // When
    var lines = told(events);

    // Then
    assertThat(lines)
        .isEqualTo(
            """
            pod default/crescents-6c9f7-k8s2m: ready, image model:1
            pod default/crescents-6c9f7-k8s2m: ready, image model:1, restarts 1
            """);
  }

  @Test
  void whatGoesWrongIsToldWithItsReason() {
    // Given
    List<RunData> events =
        List.of(
            Examples.probeRefused(),
            Examples.faultRefused(),
            Examples.faultFailed(),
            Examples.faultConflicted(),
            Examples.stopConditionBreached(),
            Examples.expectationsLearned(),
            Examples.alertObserved(),
            Examples.runAborted(),
            Examples.runSkipped());

    // When
    var lines = told(events);

    // Then
    assertThat(lines)
        .isEqualTo(
"""
the probe refused to start: probes[0].url: cannot be resolved: models.example; correct the host name
fault refused: selector: matches no pod of namespaces [default]; correct it or deploy the model
fault failed: patching default/crescents-6c9f7-x2x4p was forbidden; grant patch on pods
conflicting command: duration is 60s here and was 30s in the command that stands
stop condition holds: fault.availability was 0.12, below 0.2
predictions has learned 1 of 2 right answers, 1 are unstable
alert ModelErrorBudgetBurn fires
run aborted: fault refused: selector matches no pod of namespaces [default]
run skipped: everything is halted by alice: a customer called
""");
  }
}
