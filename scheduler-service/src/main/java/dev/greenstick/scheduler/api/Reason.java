package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * Why somebody wants something.
 *
 * @param reason in their words; may be null
 */
public record Reason(String reason) {

  private static final int LONGEST = 1_000;
  private static final int LARGEST_BODY = 16 * 1024;
  private static final String NONE_GIVEN = "no reason given";

  /** The reason in a request's body, which may be empty. */
  static String in(InputStream body, ObjectMapper json) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw Refusal.of(413, "Too large", "a reason's body has at most " + LARGEST_BODY + " bytes");
    }
    Reason read = bytes.length == 0 ? null : json.readValue(bytes, Reason.class);
    return checked(read == null ? null : read.reason());
  }

  /** The reason as it may stand in events. */
  static String checked(String reason) {
    if (reason == null || reason.isBlank()) {
      return NONE_GIVEN;
    }
    if (reason.length() > LONGEST) {
      throw Refusal.malformed("reason", "must have at most " + LONGEST + " characters");
    }
    return reason;
  }
}
