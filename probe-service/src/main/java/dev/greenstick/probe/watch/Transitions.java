package dev.greenstick.probe.watch;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.health.PodHealth;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pods that one run watches: says when a pod's state differs from the last that was told. A pod
 * is its UID; several selectors may show the same pod. For one thread at a time.
 */
public final class Transitions {

  private final RunRef run;
  private final Map<String, PodState> told = new HashMap<>();

  public Transitions(RunRef run) {
    this.run = run;
  }

  /** A pod is there, in this state; empty when that was told already. */
  public Optional<PodHealth> seen(PodState state, Instant at) {
    PodState last = told.get(state.pod().uid());
    if (last != null && (last.isGone() || last.tellsTheSameAs(state))) {
      return Optional.empty();
    }
    return tell(state, at);
  }

  /**
   * A pod is gone; empty when that was told already, or when the pod was never told of.
   *
   * @param state the last that is known of it
   */
  public Optional<PodHealth> gone(PodState state, Instant at) {
    PodState last = told.get(state.pod().uid());
    if (last == null || last.isGone()) {
      return Optional.empty();
    }
    return tell(last.gone(state.resourceVersion()), at);
  }

  private Optional<PodHealth> tell(PodState state, Instant at) {
    told.put(state.pod().uid(), state);
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
