package dev.greenstick.contracts.health;

import dev.greenstick.contracts.MayBeMissing;
import java.util.Objects;

/**
 * Whether alerts were watched from the first window of a run to its last: only then does it mean
 * anything that none was observed.
 *
 * @param whole whether every alert that fired in that time was observed
 * @param reason why not, in one phrase; empty when they were
 */
public record AlertWatch(boolean whole, @MayBeMissing String reason) {

  public AlertWatch {
    reason = Objects.requireNonNullElse(reason, "");
  }
}
