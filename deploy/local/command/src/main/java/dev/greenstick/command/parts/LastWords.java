package dev.greenstick.command.parts;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which line of a failed process's log says why. Pure. */
final class LastWords {

  private static final int LONGEST = 400;

  private LastWords() {}

  /** The line; empty for a log without any. */
  static String of(List<String> log) {
    if (log.stream().anyMatch(line -> line.contains("No space left on device"))) {
      return "the disk is full (No space left on device)";
    }
    String line =
        last(log, text -> text.startsWith("Caused by:"))
            .or(() -> last(log, text -> text.contains("ERROR") || text.contains("FATAL")))
            .or(() -> last(log, text -> text.contains("Exception")))
            .or(() -> last(log, text -> !text.isBlank() && !text.startsWith("{")))
            .orElse("")
            .strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static Optional<String> last(List<String> log, Predicate<String> which) {
    return log.reversed().stream().filter(which).findFirst();
  }
}
