package dev.greenstick.contracts.halt;

import dev.greenstick.contracts.EventType;
import java.time.Instant;
import java.util.Objects;

/**
 * Everything in the scope stops until the halt is lifted.
 *
 * @param scope what it concerns
 * @param by who said so
 * @param reason why, in their words
 * @param at when
 */
@EventType("dev.greenstick.halt.set.v1")
public record HaltSet(HaltScope scope, String by, String reason, Instant at) implements HaltEvent {

  public HaltSet {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }
}
