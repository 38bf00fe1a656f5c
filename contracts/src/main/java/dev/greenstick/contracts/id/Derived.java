package dev.greenstick.contracts.id;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Name-based UUIDs (RFC 9562, version 3) over length-prefixed parts, so that no two lists of parts
 * run together.
 */
final class Derived {

  private static final int LENGTH = 36;

  private Derived() {}

  /** Strict, unlike {@link UUID#fromString}, which also takes {@code 1-1-1-1-1}. */
  static UUID parse(String what, String text) {
    if (text != null && text.length() == LENGTH) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        // Said below, in words of ours.
      }
    }
    throw new IllegalArgumentException(
        what + " must be a UUID like 2f1b0c9e-5d6a-3b7f-8a41-0c6f1d2e3a4b, but is: " + text);
  }

  static UUID uuid(String... parts) {
    StringBuilder name = new StringBuilder();
    for (String part : parts) {
      name.append(part.length()).append(':').append(part);
    }
    return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
  }
}
