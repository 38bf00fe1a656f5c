package dev.greenstick.injector.fault;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.safety.Reach;
import dev.greenstick.injector.target.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Carries out one fault as its specification words it, pod by pod. Every method may be called again
 * after it failed, or after the injector died in it, and then finishes what is left: it looks at
 * the cluster, not at what was tried. Blocks; safe for many threads; throws {@link
 * dev.greenstick.injector.cluster.ClusterException}.
 */
public interface FaultDriver {

  /** What cannot be done of the specification; empty when it can all be done. Pure. */
  List<Problem> problems();

  /**
   * Chooses the victims; at least one when there is a candidate that the fault can hit. Changes
   * nothing.
   *
   * @param candidates what the selector matches, in order
   * @param seed of everything random: the same seed and candidates choose alike
   * @throws dev.greenstick.injector.cluster.ClusterException not passing, when these candidates
   *     cannot be hit; its message is the reason of the refusal
   */
  List<Victim> choose(List<Pod> candidates, long seed);

  /** Which pods it takes down, for the safety limits. Pure. */
  default Reach reach(List<Victim> victims) {
    return new Reach.Hits(victims.stream().map(Victim::pod).toList());
  }

  /**
   * How it was done, for the event: {@code images patched to ...}.
   *
   * @param victims the pods that were hit
   */
  String method(List<Victim> victims);

  /**
   * Applies the fault to a pod.
   *
   * @param victim the pod
   * @param seen the pod as it was chosen, which spares a look; null to look first
   * @param until what only begins after this must not happen any more
   * @return whether the fault has the pod now: false when the pod was gone before
   */
  boolean apply(FaultId fault, Victim victim, Pod seen, Instant until);

  /**
   * Takes the fault off a pod.
   *
   * @return in what state it leaves the pod; empty when it does not have it (any more)
   */
  Optional<PodOutcome> undo(FaultId fault, Victim victim);

  /** The outcome to report of a pod that this fault had, and that {@link #undo} finds free. */
  PodOutcome whenFree();
}
