package dev.greenstick.injector.fault;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Choice;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Chaos Mesh's pod-failure: one patch replaces the image of every container and init container by a
 * pause image, another one restores them. Better than there: faults may overlap on a pod.
 */
record PodFailure(Pods pods, PodChaos spec, String pauseImage) implements FaultDriver {

  private static final int ATTEMPTS = 10;

  @Override
  public List<Problem> problems() {
    return Choice.problem(spec.mode(), spec.value()).stream().toList();
  }

  @Override
  public List<Victim> choose(List<Pod> candidates, long seed) {
    return Chosen.by(spec.mode(), spec.value(), candidates, seed);
  }

  @Override
  public String method(List<Victim> victims) {
    return "images patched to " + pauseImage;
  }

  @Override
  public boolean apply(FaultId fault, Victim victim, Pod seen, Instant until) {
    Optional<Pod> pod = seen == null ? pods.get(victim.pod()) : Optional.of(seen);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (pod.isEmpty() || pod.get().terminating()) {
        return false;
      }
      Optional<PodChange> change = Hold.take(pod.get(), fault, pauseImage);
      if (change.isEmpty()) {
        return true;
      }
      switch (pods.patch(pod.get(), change.get())) {
        case DONE -> {
          return true;
        }
        case GONE -> {
          return false;
        }
        case CHANGED_MEANWHILE -> pod = pods.get(victim.pod());
      }
    }
    throw contended(victim.pod());
  }

  @Override
  public Optional<PodOutcome> undo(FaultId fault, Victim victim) {
    return undo(pods, fault, victim.pod());
  }

  static Optional<PodOutcome> undo(Pods pods, FaultId fault, PodRef victim) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Pod> pod = pods.get(victim);
      if (pod.isEmpty()) {
        return Optional.of(PodOutcome.GONE);
      }
      Optional<Hold> hold = Hold.of(pod.get()).filter(each -> each.has(fault));
      if (hold.isEmpty()) {
        return Optional.empty();
      }
      switch (pods.patch(pod.get(), hold.get().release(pod.get(), fault))) {
        case DONE -> {
          return Optional.of(
              hold.get().isLast(fault) ? PodOutcome.RESTORED : PodOutcome.STILL_HELD);
        }
        case GONE -> {
          return Optional.of(PodOutcome.GONE);
        }
        case CHANGED_MEANWHILE -> {
          // Look again.
        }
      }
    }
    throw contended(victim);
  }

  @Override
  public PodOutcome whenFree() {
    return PodOutcome.RESTORED;
  }

  private static ClusterException contended(PodRef pod) {
    return ClusterException.unavailable(
        "pod %s changed under each of %d patches in a row".formatted(pod, ATTEMPTS), null);
  }
}
