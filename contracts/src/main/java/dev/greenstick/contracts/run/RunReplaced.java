package dev.greenstick.contracts.run;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.RunId;
import java.util.Objects;

/**
 * A newer run of the same experiment on the same cluster is due, and its schedule says Replace:
 * this one will be aborted, and the newer one begins when that is done.
 *
 * @param run the run that is replaced
 * @param successor the run that takes its place
 */
@EventType("dev.greenstick.run.replaced.v1")
public record RunReplaced(RunRef run, RunId successor) implements RunEvent {

  public RunReplaced {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(successor, "successor");
  }

  @Override
  public String identity() {
    return successor.toString();
  }
}
