package dev.greenstick.probe.watch;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.health.PodHealth;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods that one run watches: says when a pod's state differs from the last that was told. A pod
 * is its UID; several scopes may show the same pod, one of them later than another, and what is
 * older than what was seen already tells nothing. For one thread at a time.
 */
public final class Transitions {

  private static final class Followed {

    /** The last that was told. */
    PodState told;

    /** The latest version that was seen, whether or not it told anything. */
    String version;

    /** The scopes that show the pod. */
    final Set<Scope> shownBy = new HashSet<>();
  }

  private final RunRef run;
  private final Map<String, Followed> pods = new HashMap<>();

  public Transitions(RunRef run) {
    this.run = run;
  }

  /** A pod is there, in this state, as a scope shows it; empty when that was told already. */
  public Optional<PodHealth> seen(Scope by, PodState state, Instant at) {
    Followed pod = pods.computeIfAbsent(state.pod().uid(), uid -> new Followed());
    pod.shownBy.add(by);
    if (pod.told != null) {
      if (!isLater(state.resourceVersion(), pod.version)) {
        return Optional.empty();
      }
      pod.version = state.resourceVersion();
      if (pod.told.tellsTheSameAs(state)) {
        return Optional.empty();
      }
    }
    return tell(pod, state, at);
  }

  /**
   * A scope shows a pod no more: it is gone, or its labels are others now. Empty when another scope
   * still shows it, when that was told already, or when the pod was never told of.
   *
   * @param version at which it left, or the last that is known of it
   */
  public Optional<PodHealth> gone(Scope by, PodRef ref, String version, Instant at) {
    Followed pod = pods.get(ref.uid());
    if (pod == null) {
      return Optional.empty();
    }
    pod.shownBy.remove(by);
    if (!pod.shownBy.isEmpty() || pod.told.isGone()) {
      return Optional.empty();
    }
    return tell(pod, pod.told.gone(isLater(version, pod.version) ? version : pod.version), at);
  }

  /**
   * Whether a version is later than another one of the same object. Versions are numbers in every
   * API server there is, and since Kubernetes 1.35 by its word; of one that is none nobody knows,
   * and then the order in which they are seen counts.
   */
  private static boolean isLater(String version, String than) {
    try {
      return new BigInteger(version).compareTo(new BigInteger(than)) > 0;
    } catch (NumberFormatException e) {
      return !version.equals(than);
    }
  }

  private Optional<PodHealth> tell(Followed pod, PodState state, Instant at) {
    pod.told = state;
    pod.version = state.resourceVersion();
    return Optional.of(
        new PodHealth(
            run,
            state.pod(),
            at,
            state.resourceVersion(),
            state.phase(),
            state.ready(),
            state.restarts(),
            state.images(),
            state.node(),
            state.reason()));
  }
}
