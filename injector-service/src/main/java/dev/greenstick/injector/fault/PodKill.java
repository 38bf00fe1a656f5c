package dev.greenstick.injector.fault;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.target.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Chaos Mesh's pod-kill: one DELETE with the grace period. The UID precondition makes it safe to
 * repeat: a replacement of the same name is another pod.
 */
public final class PodKill implements FaultDriver {

  private final Pods pods;

  public PodKill(Pods pods) {
    this.pods = Objects.requireNonNull(pods, "pods");
  }

  @Override
  public String name() {
    return "pod-kill";
  }

  @Override
  public List<Problem> problems(PodChaos spec) {
    return spec.gracePeriod() < 0
        ? List.of(new Problem("gracePeriod", "must not be negative, but is: " + spec.gracePeriod()))
        : List.of();
  }

  @Override
  public String method(PodChaos spec) {
    return "pods deleted with a grace period of %d s".formatted(spec.gracePeriod());
  }

  @Override
  public boolean apply(FaultId fault, PodChaos spec, PodRef victim, Pod seen) {
    if (seen == null) {
      // Nobody knows what became of an earlier call: a pod that ends or is gone has been killed.
      Optional<Pod> pod = pods.get(victim);
      return pod.isEmpty() || pod.get().terminating() || delete(spec, victim);
    }
    return delete(spec, victim);
  }

  private boolean delete(PodChaos spec, PodRef victim) {
    return switch (pods.delete(victim, spec.gracePeriod())) {
      case DONE -> true;
      case GONE -> false;
      case CHANGED_MEANWHILE ->
          throw ClusterException.unavailable(
              "pod " + victim + " changed while being deleted", null);
    };
  }

  /** A killed pod stays killed; one that is alive was not killed. */
  @Override
  public Optional<PodOutcome> undo(FaultId fault, PodRef victim) {
    return pods.get(victim).filter(pod -> !pod.terminating()).isPresent()
        ? Optional.empty()
        : Optional.of(PodOutcome.NOTHING_TO_RESTORE);
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.NOTHING_TO_RESTORE;
  }
}
