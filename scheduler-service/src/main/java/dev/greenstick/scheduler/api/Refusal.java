package dev.greenstick.scheduler.api;

import dev.greenstick.contracts.Problem;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A request that is not done, and why; answered as RFC 9457 problem details. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDetails details;
  private final transient Map<String, String> headers;

  private Refusal(ProblemDetails details, Map<String, String> headers) {
    super(details.detail(), null, false, false);
    this.details = details;
    this.headers = headers;
  }

  static Refusal of(int status, String title, String detail) {
    return of(status, title, detail, List.of());
  }

  static Refusal of(int status, String title, String detail, List<Problem> problems) {
    return new Refusal(ProblemDetails.of(status, title, detail, problems), Map.of());
  }

  static Refusal malformed(String path, String message) {
    return of(400, "Malformed request", path + " " + message, List.of(new Problem(path, message)));
  }

  static Refusal notFound(String detail) {
    return of(404, "Not found", detail);
  }

  /** Nothing is wrong with the request; it may succeed in a moment. */
  static Refusal notYet(String detail) {
    return new Refusal(
        ProblemDetails.of(503, "Not ready", detail, List.of()), Map.of("Retry-After", "1"));
  }

  /** Another instance holds what is asked for. */
  static Refusal elsewhere(URI there) {
    return new Refusal(
        ProblemDetails.of(
            307, "Held by another instance", "ask " + there.getAuthority(), List.of()),
        Map.of("Location", there.toString()));
  }

  ProblemDetails details() {
    return details;
  }

  Map<String, String> headers() {
    return headers;
  }
}
