package dev.greenstick.contracts.command;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.id.CommandId;
import java.time.Instant;

/**
 * Events of a cluster's command topic. A command delivered twice acts once; one past its deadline
 * is refused; the same id with another body is a conflict.
 */
public sealed interface Command extends RunData
    permits ProbeStart, ProbeStop, FaultInject, FaultRevert {

  /** The command's id, derived from run and object. */
  CommandId command();

  /**
   * After this instant the command is refused. Reverting and stopping have none: they are always
   * right.
   */
  default Instant deadlineOrMax() {
    return Instant.MAX;
  }

  @Override
  default String identity() {
    return command().toString();
  }
}
