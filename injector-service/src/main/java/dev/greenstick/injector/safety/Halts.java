package dev.greenstick.injector.safety;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.halt.HaltLifted;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kill switch as it stands.
 *
 * @param standing why each scope that is stopped is, in one sentence
 */
public record Halts(Map<HaltScope, String> standing) {

  /** Nothing is stopped. */
  public static final Halts NONE = new Halts(Map.of());

  public Halts {
    standing = Map.copyOf(standing);
  }

  /** After one more word on its scope: the last one holds. */
  public Halts with(HaltEvent event) {
    return switch (event) {
      case HaltSet set ->
          with(
              set.scope(),
              "halt of %s by %s at %s: %s"
                  .formatted(set.scope(), set.by(), set.at(), set.reason()));
      case HaltLifted lifted -> without(lifted.scope());
    };
  }

  /** The scope is stopped. */
  public Halts with(HaltScope scope, String why) {
    Map<HaltScope, String> next = new HashMap<>(standing);
    next.put(scope, why);
    return new Halts(next);
  }

  /** The scope may go on. */
  public Halts without(HaltScope scope) {
    Map<HaltScope, String> next = new HashMap<>(standing);
    next.remove(scope);
    return new Halts(next);
  }

  /** Why a run is stopped; empty when it is not. */
  public Optional<String> over(RunRef run) {
    return standing.entrySet().stream()
        .filter(halt -> halt.getKey().covers(run.cluster(), run.experiment()))
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst();
  }
}
