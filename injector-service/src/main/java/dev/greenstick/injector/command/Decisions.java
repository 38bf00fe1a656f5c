package dev.greenstick.injector.command;

import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.injector.command.Decision.Bar;
import dev.greenstick.injector.command.Decision.Conflict;
import dev.greenstick.injector.command.Decision.Ignore;
import dev.greenstick.injector.command.Decision.Inject;
import dev.greenstick.injector.command.Decision.Refuse;
import dev.greenstick.injector.command.Decision.Undo;
import dev.greenstick.injector.command.Decision.Why;
import dev.greenstick.injector.ledger.Ending;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Order;
import dev.greenstick.injector.ledger.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides on commands.
 *
 * @param cluster the cluster that this injector serves
 * @param memory how long after its deadline a command is still known
 */
public record Decisions(ClusterName cluster, Duration memory) {

  /** Whether a command in this cluster's topic is for another cluster: a fault of its writer. */
  public boolean misrouted(Command command) {
    return !command.run().cluster().equals(cluster);
  }

  /**
   * What to do about a command that is not misrouted.
   *
   * @param known what the ledger holds of its fault
   */
  public Decision on(Command command, Optional<Entry> known, Instant now) {
    return switch (command) {
      case ProbeStart start -> new Ignore(Why.NOT_FOR_INJECTORS);
      case ProbeStop stop -> new Ignore(Why.NOT_FOR_INJECTORS);
      case FaultInject inject ->
          known.map(entry -> again(inject, entry, now)).orElseGet(() -> first(inject, now));
      case FaultRevert revert ->
          known.map(entry -> revert(revert, entry)).orElseGet(() -> new Bar(revert));
    };
  }

  private Decision first(FaultInject inject, Instant now) {
    if (now.isAfter(inject.deadline().plus(memory))) {
      return new Ignore(Why.FORGOTTEN);
    }
    if (now.isAfter(inject.deadline())) {
      return new Refuse(
          inject,
          "the command came too late: its deadline was %s, and it was read at %s"
              .formatted(inject.deadline(), now));
    }
    return new Inject(inject);
  }

  private Decision again(FaultInject inject, Entry entry, Instant now) {
    if (entry.order() == null) {
      return entry.state() instanceof State.Barred barred
          ? new Refuse(inject, "it was reverted before it was injected: " + barred.reason())
          : first(inject, now);
    }
    Order order = Order.of(inject);
    if (order.body().equals(entry.order().body())) {
      return new Ignore(Why.DELIVERED_AGAIN);
    }
    return new Conflict(
        new FaultConflicted(
            entry.run(),
            entry.fault(),
            entry.order().step(),
            inject.command(),
            "command %s came again with another body (SHA-256 %s, was %s): the first one stands"
                .formatted(inject.command(), order.body(), entry.order().body())));
  }

  private static Decision revert(FaultRevert revert, Entry entry) {
    Ending why = new Ending.Revert(Cause.COMMANDED, revert.reason());
    return switch (entry.state()) {
      case State.Intended intended -> new Undo(intended.undoing(why, intended.plan().pods()));
      case State.Live live -> new Undo(live.undoing(why));
      case State.Barred barred -> new Ignore(Why.DELIVERED_AGAIN);
      case State.Undoing undoing -> new Ignore(Why.ALREADY_ENDING);
      case State.Ended ended -> new Ignore(Why.ALREADY_ENDING);
      case State.Closed closed -> new Ignore(Why.ALREADY_ENDING);
    };
  }
}
