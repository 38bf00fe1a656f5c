package dev.greenstick.command.parts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of a running Greenstick, in the order in which they are shown. */
public enum PartName {
  BROKER,
  SANDBOX,
  SCHEDULER,
  INJECTOR,
  PROBE,
  VERDICT;

  /** The four services. */
  public static final List<PartName> SERVICES = List.of(SCHEDULER, INJECTOR, PROBE, VERDICT);

  /** The part's name in options, log files and on the screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part that a user means; empty for none. */
  public static Optional<PartName> named(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }
}
