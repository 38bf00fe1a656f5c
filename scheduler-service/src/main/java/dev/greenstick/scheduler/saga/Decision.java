package dev.greenstick.scheduler.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What follows from a signal.
 *
 * @param state the run's state from now on
 * @param effects what is to be done, in this order
 */
public record Decision(RunState state, List<Effect> effects) {

  public Decision {
    Objects.requireNonNull(state, "state");
    effects = List.copyOf(effects);
  }

  static Decision stay(RunState state) {
    return new Decision(state, List.of());
  }

  static Decision to(RunState state, Effect... effects) {
    return new Decision(state, List.of(effects));
  }

  /** The same with effects that come before. */
  Decision afterwards(List<Effect> before) {
    List<Effect> all = new ArrayList<>(before);
    all.addAll(effects);
    return new Decision(state, all);
  }
}
