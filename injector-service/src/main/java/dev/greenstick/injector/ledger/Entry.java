package dev.greenstick.injector.ledger;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import java.util.Objects;

/**
 * What the ledger holds of one fault.
 *
 * @param fault the fault
 * @param run its run
 * @param order the command that ordered it; null while only its revert has come
 * @param state how far it has come
 */
public record Entry(FaultId fault, RunRef run, Order order, State state) {

  public Entry {
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(state, "state");
  }

  /** The same fault in its next state. */
  public Entry in(State next) {
    return new Entry(fault, run, order, next);
  }
}
