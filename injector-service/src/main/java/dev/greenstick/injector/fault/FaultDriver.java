package dev.greenstick.injector.fault;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.target.Pod;
import java.util.List;
import java.util.Optional;

/**
 * Carries out one kind of fault, pod by pod. Every method may be called again after it failed, or
 * after the injector died in it, and then finishes what is left: it looks at the pod, not at what
 * was tried. Blocks; safe for many threads; throws {@link
 * dev.greenstick.injector.cluster.ClusterException}.
 */
public interface FaultDriver {

  /** The name that a heartbeat announces; Chaos Mesh's action where it has one. */
  String name();

  /** What this driver cannot do of a spec; empty when it can do it all. Pure. */
  List<Problem> problems(PodChaos spec);

  /** How it is done, for the event: {@code images patched to ...}. Pure. */
  String method(PodChaos spec);

  /**
   * Applies the fault to a pod.
   *
   * @param victim the pod
   * @param seen the pod as it was chosen, which spares a look; null to look first
   * @return whether the fault has the pod now: false when the pod was gone before
   */
  boolean apply(FaultId fault, PodChaos spec, PodRef victim, Pod seen);

  /**
   * Takes the fault off a pod.
   *
   * @return in what state it leaves the pod; empty when it does not have it (any more)
   */
  Optional<PodOutcome> undo(FaultId fault, PodRef victim);

  /** The outcome to report of a pod that this fault had, and that {@link #undo} finds free. */
  PodOutcome whenFree();
}
