package dev.greenstick.scheduler.api;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Pattern;

/** Who asks, as events say it: the word of whoever asks, until the API knows its users. */
final class Requester {

  static final String HEADER = "X-Greenstick-User";
  static final String NOBODY = "anonymous";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,127}");

  private Requester() {}

  static String of(HttpHeaders headers) {
    String name = headers.getHeaderString(HEADER);
    if (name == null || name.isBlank()) {
      return NOBODY;
    }
    if (!NAME.matcher(name).matches()) {
      throw Refusal.malformed(
          HEADER, "must be a name of at most 128 letters, digits, spaces and . _ @ + -");
    }
    return name;
  }
}
