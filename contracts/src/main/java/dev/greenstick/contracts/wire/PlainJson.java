package dev.greenstick.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * JSON in the very form in which {@link EventSerializer} writes it: fields in their order, no white
 * space, no escapes, no characters beyond ASCII. Whatever is written otherwise is not judged here
 * but left to a parser. For one thread.
 */
final class PlainJson {

  private static final int UUID_LENGTH = 36;
  private static final int MOST_DIGITS = 18;

  /** Below every bound that a parser sets to texts and names. */
  private static final int LONGEST_TEXT = 20_000;

  private final byte[] json;
  private int at;

  PlainJson(byte[] json) {
    this.json = json;
  }

  /** It is written otherwise; says nothing of whether it is right. */
  static final class Otherwise extends Exception {

    private static final long serialVersionUID = 1;
    private static final Otherwise ONE = new Otherwise();

    private Otherwise() {
      super("written otherwise", null, false, false);
    }
  }

  /** Nothing may follow. */
  void end() throws Otherwise {
    if (at != json.length) {
      throw Otherwise.ONE;
    }
  }

  /** What must come next. */
  void then(byte[] literal) throws Otherwise {
    if (!follows(literal)) {
      throw Otherwise.ONE;
    }
  }

  /** Goes on past what comes next, if it is this. */
  boolean follows(byte[] literal) {
    if (literal.length > json.length - at) {
      return false;
    }
    for (int i = 0; i < literal.length; i++) {
      if (json[at + i] != literal[i]) {
        return false;
      }
    }
    at += literal.length;
    return true;
  }

  /** The rest of a text whose first quote was passed; passes the last one. */
  String text() throws Otherwise {
    int from = at;
    pass();
    return new String(json, from, at - 1 - from, StandardCharsets.ISO_8859_1);
  }

  private void pass() throws Otherwise {
    int most = Math.min(json.length, at + LONGEST_TEXT);
    while (at < most) {
      byte one = json[at++];
      if (one == '"') {
        return;
      }
      if (one < ' ' || one == '\\') {
        throw Otherwise.ONE;
      }
    }
    throw Otherwise.ONE;
  }

  /** The rest of an instant's text. */
  Instant instant() throws Otherwise {
    int from = at;
    pass();
    Instant instant = PlainInstant.parse(json, from, at - 1);
    if (instant == null) {
      throw Otherwise.ONE;
    }
    return instant;
  }

  /** The rest of a canonical UUID's text. */
  UUID uuid() throws Otherwise {
    int from = at;
    pass();
    if (at - 1 - from != UUID_LENGTH) {
      throw Otherwise.ONE;
    }
    UUID uuid = PlainUuid.parse(json, from);
    if (uuid == null) {
      throw Otherwise.ONE;
    }
    return uuid;
  }

  /** A whole number that is not negative. */
  long number() throws Otherwise {
    int from = at;
    long number = 0;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      number = 10 * number + json[at++] - '0';
    }
    int digits = at - from;
    if (digits == 0 || digits > MOST_DIGITS || (digits > 1 && json[from] == '0')) {
      throw Otherwise.ONE;
    }
    return number;
  }

  /** The same within what an {@code int} holds. */
  int smallNumber() throws Otherwise {
    long number = number();
    if (number > Integer.MAX_VALUE) {
      throw Otherwise.ONE;
    }
    return (int) number;
  }
}
