package dev.greenstick.verdict.api;

import java.util.List;
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
    return notFound("nothing was heard of run " + run);
  }

  static Refusal notFound(String detail) {
    return new Refusal(new ProblemDetails(404, "Not found", detail), Map.of());
  }

  static Refusal gone(String detail) {
    return new Refusal(new ProblemDetails(410, "Gone", detail), Map.of());
  }

  static Refusal noVerdict(String run, List<String> lacking) {
    return new Refusal(
        new ProblemDetails(
            404,
            "No verdict",
            "run %s is not judged; its history lacks: %s"
                .formatted(run, String.join(", ", lacking))),
        Map.of());
  }

  /** Nothing is wrong with the request; it may succeed in a moment. */
  static Refusal notYet(String detail) {
    return new Refusal(new ProblemDetails(503, "Not ready", detail), Map.of("Retry-After", "1"));
  }

  ProblemDetails details() {
    return details;
  }

  Map<String, String> headers() {
    return headers;
  }
}
