package dev.greenstick.contracts.run;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.halt.HaltScope;
import java.time.Instant;
import java.util.Objects;

/**
 * A halt covers a run that was going on: its faults are reverted and it will be aborted. A run may
 * be halted more than once; the first time counts.
 *
 * @param run the run
 * @param scope what was halted
 * @param by who said so
 * @param reason why, in their words
 * @param haltedAt when they said it
 */
@EventType("dev.greenstick.run.halted.v1")
public record RunHalted(RunRef run, HaltScope scope, String by, String reason, Instant haltedAt)
    implements RunEvent {

  public RunHalted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(haltedAt, "haltedAt");
  }

  @Override
  public String identity() {
    return scope + "/" + haltedAt;
  }
}
