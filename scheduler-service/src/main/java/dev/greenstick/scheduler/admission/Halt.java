package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import java.time.Instant;
import java.util.Objects;

/**
 * A halt that is in force.
 *
 * @param scope what it stops
 * @param by who said so
 * @param reason why, in their words
 * @param at when
 * @param offset where it stands in the topic of halts
 */
public record Halt(HaltScope scope, String by, String reason, Instant at, long offset) {

  public Halt {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }

  /** The halt that the event at {@code offset} sets. */
  public static Halt of(HaltSet set, long offset) {
    return new Halt(set.scope(), set.by(), set.reason(), set.at(), offset);
  }
}
