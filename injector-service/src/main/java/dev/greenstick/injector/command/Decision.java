package dev.greenstick.injector.command;

import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.injector.ledger.State;
import java.util.Objects;

/** What to do about a command. */
public sealed interface Decision {

  /**
   * Choose victims and inject.
   *
   * @param command the order
   */
  record Inject(FaultInject command) implements Decision {

    public Inject {
      Objects.requireNonNull(command, "command");
    }
  }

  /**
   * Touch nothing, and say why.
   *
   * @param command the order
   * @param reason why, in one sentence
   */
  record Refuse(FaultInject command, String reason) implements Decision {

    public Refuse {
      Objects.requireNonNull(command, "command");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Touch nothing, and say that two commands claim one id.
   *
   * @param event what to say
   */
  record Conflict(FaultConflicted event) implements Decision {

    public Conflict {
      Objects.requireNonNull(event, "event");
    }
  }

  /**
   * Undo the fault.
   *
   * @param next the state that records it
   */
  record Undo(State.Undoing next) implements Decision {

    public Undo {
      Objects.requireNonNull(next, "next");
    }
  }

  /**
   * Remember that this fault must not be injected any more.
   *
   * @param command the revert that came first
   */
  record Bar(FaultRevert command) implements Decision {

    public Bar {
      Objects.requireNonNull(command, "command");
    }
  }

  /**
   * Nothing is left to do.
   *
   * @param why for the log and the metrics
   */
  record Ignore(Why why) implements Decision {

    public Ignore {
      Objects.requireNonNull(why, "why");
    }
  }

  /** Why a command needs nothing done. */
  enum Why {
    /** It is for the probe. */
    NOT_FOR_INJECTORS,
    /** It has been taken on already: a second delivery. */
    DELIVERED_AGAIN,
    /** Its fault is over, or on its way there. */
    ALREADY_ENDING,
    /**
     * So old that the ledger can no longer tell whether it was carried out: it must not be again.
     */
    FORGOTTEN
  }
}
