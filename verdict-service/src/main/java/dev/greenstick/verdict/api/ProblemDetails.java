package dev.greenstick.verdict.api;

import java.util.Objects;

/**
 * Problem details as RFC 9457 has them; {@code type} is left out, which means {@code about:blank}.
 *
 * @param status the HTTP status
 * @param title what kind of problem, the same every time
 * @param detail what the problem is this time, and what to do
 */
public record ProblemDetails(int status, String title, String detail) {

  static final String MEDIA_TYPE = "application/problem+json";

  public ProblemDetails {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(detail, "detail");
  }
}
