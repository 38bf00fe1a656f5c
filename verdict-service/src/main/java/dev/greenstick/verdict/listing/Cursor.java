package dev.greenstick.verdict.listing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where the next page of a list begins, as text that a client hands back unread. It names the last
 * run of the page before and not a count, so that runs that come or go meanwhile shift nothing.
 *
 * @param filter the list that it belongs to
 * @param after the last run of the page before
 */
public record Cursor(Filter filter, Position after) {

  private static final String VERSION = "1";

  public Cursor {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(after, "after");
  }

  /** As the client gets it. */
  public String text() {
    String plain = VERSION + "/" + mark(filter) + "/" + after.key();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a cursor; empty when it is none, or belongs to another list. */
  public static Optional<Cursor> parse(String text, Filter filter) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String beginning = VERSION + "/" + mark(filter) + "/";
      return plain.startsWith(beginning)
          ? Optional.of(new Cursor(filter, Position.parse(plain.substring(beginning.length()))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String mark(Filter filter) {
    CRC32C sum = new CRC32C();
    sum.update(filter.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }
}
