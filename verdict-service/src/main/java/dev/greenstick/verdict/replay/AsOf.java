package dev.greenstick.verdict.replay;

import dev.greenstick.verdict.history.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in the history of one run. Its events have one order: by their times, then by where they
 * lie.
 */
public sealed interface AsOf {

  /** After the last event. */
  record Last() implements AsOf {}

  /** After so many events; 1 is after the first. */
  record Number(int count) implements AsOf {}

  /** After everything that happened at or before an instant. */
  record At(Instant instant) implements AsOf {}

  /** After the event that lies there. */
  record After(Origin origin) implements AsOf {}

  /** After the event with this CloudEvents id. */
  record Id(String id) implements AsOf {}

  /**
   * Reads {@code last}, a number, an instant, {@code topic/partition@offset} or an event's id.
   *
   * @throws IllegalArgumentException with a sentence on what to write
   */
  static AsOf parse(String text) {
    if (text.equals("last")) {
      return new Last();
    }
    if (text.matches("[0-9]{1,9}")) {
      return new Number(Integer.parseInt(text));
    }
    Matcher origin = Forms.ORIGIN.matcher(text);
    if (origin.matches()) {
      return new After(
          new Origin(
              origin.group(1), Integer.parseInt(origin.group(2)), Long.parseLong(origin.group(3))));
    }
    if (Forms.ID.matcher(text).matches()) {
      return new Id(text);
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be last, a number of events, an instant like 2026-11-24T11:44:38Z, an event's id or"
              + " topic/partition@offset, but is: "
              + text,
          e);
    }
  }

  /** The forms that are read. */
  final class Forms {

    private static final Pattern ORIGIN =
        Pattern.compile("([a-z0-9.-]{1,249})/([0-9]{1,9})@([0-9]{1,18})");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Forms() {}
  }
}
