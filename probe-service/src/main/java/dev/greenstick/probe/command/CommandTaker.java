package dev.greenstick.probe.command;

import dev.greenstick.contracts.command.Command;

/** Carries out commands. */
@FunctionalInterface
public interface CommandTaker {

  /** Carries out a command, or says why not. Does not wait for what it begins. */
  void take(Command command);
}
