package dev.greenstick.contracts.halt;

import dev.greenstick.contracts.EventType;
import java.time.Instant;
import java.util.Objects;

/**
 * The scope may go on.
 *
 * @param scope what it concerns
 * @param by who said so
 * @param reason why, in their words
 * @param at when
 */
@EventType("dev.greenstick.halt.lifted.v1")
public record HaltLifted(HaltScope scope, String by, String reason, Instant at)
    implements HaltEvent {

  public HaltLifted {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }
}
