package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.Problem;
import java.util.List;
import java.util.Objects;

/**
 * Problem details as RFC 9457 has them; {@code type} is left out, which means {@code about:blank}.
 *
 * @param status the HTTP status
 * @param title what kind of problem, the same every time
 * @param detail what the problem is this time, and what to do
 * @param problems extension: each thing that is wrong and where; left out when there is nothing to
 *     list
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(int status, String title, String detail, List<Problem> problems) {

  static final String MEDIA_TYPE = "application/problem+json";

  public ProblemDetails {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(detail, "detail");
    problems = List.copyOf(problems);
  }

  static ProblemDetails of(int status, String title, String detail, List<Problem> problems) {
    return new ProblemDetails(status, title, detail, problems);
  }
}
