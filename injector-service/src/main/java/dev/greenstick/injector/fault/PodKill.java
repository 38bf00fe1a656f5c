package dev.greenstick.injector.fault;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chaos Mesh's pod-kill: one DELETE with the grace period, or one eviction, whose refusal by a
 * disruption budget is the fault's outcome. The UID precondition makes it safe to repeat: a
 * replacement of the same name is another pod.
 */
record PodKill(Pods pods, PodChaos spec) implements FaultDriver {

  @Override
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    Choice.problem(spec.mode(), spec.value()).ifPresent(problems::add);
    if (spec.gracePeriod() < 0) {
      problems.add(
          new Problem("gracePeriod", "must not be negative, but is: " + spec.gracePeriod()));
    }
    return problems;
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    return Chosen.by(spec.mode(), spec.value(), candidates, seed);
  }

  @Override
  public String method(List<Victim> victims) {
    return "pods %s with a grace period of %d s"
        .formatted(spec.evicts() ? "evicted" : "deleted", spec.gracePeriod());
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    if (seen == null) {
      // Nobody knows what became of an earlier call: a pod that ends or is gone has been killed.
      Optional<Pod> pod = pods.get(victim.pod());
      return pod.isEmpty() || pod.get().terminating() || kill(victim.pod());
    }
    return kill(victim.pod());
  }

  private boolean kill(PodRef victim) {
    return spec.evicts() ? evict(victim) : delete(victim);
  }

  private boolean evict(PodRef victim) {
    return switch (pods.evict(victim, spec.gracePeriod())) {
      case Pods.Evicted.Done _ -> true;
      case Pods.Evicted.Gone _ -> false;
      case Pods.Evicted.Forbidden forbidden ->
          throw ClusterException.refused(
              "pod %s was not evicted: %s".formatted(victim, forbidden.why()), null);
    };
  }

  private boolean delete(PodRef victim) {
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
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    return pods.get(victim.pod()).filter(pod -> !pod.terminating()).isPresent()
        ? Optional.empty()
        : Optional.of(PodOutcome.NOTHING_TO_RESTORE);
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.NOTHING_TO_RESTORE;
  }
}
