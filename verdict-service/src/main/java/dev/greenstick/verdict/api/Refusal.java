package dev.greenstick.verdict.api;

import java.net.URI;
import java.util.Map;

/** A request that is not answered, and why. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDetails details;
  private final transient Map<String, String> headers;

  private Refusal(ProblemDetails details, Map<String, String> headers) {
    super(details.detail(), null, false, false);
    this.details = details;
    this.headers = headers;
  }

  static Refusal malformed(String detail) {
    return new Refusal(new ProblemDetails(400, "Malformed request", detail), Map.of());
  }

  static Refusal unknown(String run) {
    return new Refusal(
        new ProblemDetails(404, "Not found", "nothing was heard of run " + run), Map.of());
  }

  /** Nothing is wrong with the request; it may succeed in a moment. */
  static Refusal notYet(String detail) {
    return new Refusal(new ProblemDetails(503, "Not ready", detail), Map.of("Retry-After", "1"));
  }

  static Refusal notBuilt(String detail) {
    return new Refusal(new ProblemDetails(501, "Not built yet", detail), Map.of());
  }

  /** Another instance holds what is asked for. */
  static Refusal elsewhere(URI there) {
    return new Refusal(
        new ProblemDetails(307, "Held by another instance", "ask " + there.getAuthority()),
        Map.of("Location", there.toString()));
  }

  ProblemDetails details() {
    return details;
  }

  Map<String, String> headers() {
    return headers;
  }
}
