package dev.greenstick.command.control;

import picocli.CommandLine.Option;

/** Why somebody does something, in their words. */
final class ReasonOption {

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, as events say it")
  private String reason;

  /** Null when none is given. */
  String reason() {
    return reason;
  }
}
