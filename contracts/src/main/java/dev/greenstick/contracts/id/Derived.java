package dev.greenstick.contracts.id;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Name-based UUIDs (RFC 9562, version 3) over length-prefixed parts, so that no two lists of parts
 * run together.
 */
final class Derived {

  private Derived() {}

  static UUID uuid(String... parts) {
    StringBuilder name = new StringBuilder();
    for (String part : parts) {
      name.append(part.length()).append(':').append(part);
    }
    return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
  }
}
