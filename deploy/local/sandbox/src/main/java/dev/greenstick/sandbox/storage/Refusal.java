package dev.greenstick.sandbox.storage;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusCauseBuilder;
import java.util.List;

/**
 * A request that is not carried out, in the words and with the code that a real API server uses
 * (apimachinery's {@code api/errors}).
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Status status;

  private Refusal(Status status) {
    super(status.getMessage());
    this.status = status;
  }

  /** The answer's body. */
  public Status status() {
    return status;
  }

  public int code() {
    return status.getCode();
  }

  public String reason() {
    return status.getReason();
  }

  public static Refusal notFound(ResourceType type, String name) {
    return about(
        404,
        "NotFound",
        type,
        name,
        type.qualifiedName() + " \"" + name + "\" not found",
        List.of());
  }

  /** The URL leads nowhere. */
  public static Refusal noSuchResource() {
    return plain(404, "NotFound", "the server could not find the requested resource");
  }

  public static Refusal alreadyExists(ResourceType type, String name) {
    return about(
        409,
        "AlreadyExists",
        type,
        name,
        type.qualifiedName() + " \"" + name + "\" already exists",
        List.of());
  }

  public static Refusal conflict(ResourceType type, String name, String why) {
    return about(
        409,
        "Conflict",
        type,
        name,
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualifiedName(), name, why),
        List.of());
  }

  /** The resourceVersion sent is not the current one. */
  public static Refusal modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** Fields of the object break a rule; each problem is {@code path: message}. */
  public static Refusal invalid(ResourceType type, String name, List<Problem> problems) {
    String joined =
        problems.size() == 1
            ? problems.getFirst().toString()
            : "[" + String.join(", ", problems.stream().map(Problem::toString).toList()) + "]";
    return about(
        422,
        "Invalid",
        type.kind(),
        type.group(),
        name,
        "%s \"%s\" is invalid: %s"
            .formatted(
                type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group(),
                name,
                joined),
        problems.stream()
            .map(
                problem ->
                    new StatusCauseBuilder()
                        .withReason(problem.reason())
                        .withMessage(problem.message())
                        .withField(problem.path())
                        .build())
            .toList());
  }

  /**
   * A rule that a field breaks.
   *
   * @param reason {@code FieldValueInvalid} and its like
   */
  public record Problem(String reason, String path, String message) {

    public static Problem required(String path, String detail) {
      return new Problem(
          "FieldValueRequired", path, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    public static Problem invalid(String path, String value, String detail) {
      return new Problem("FieldValueInvalid", path, "Invalid value: " + value + ": " + detail);
    }

    public static Problem duplicate(String path, String value) {
      return new Problem("FieldValueDuplicate", path, "Duplicate value: \"" + value + "\"");
    }

    public static Problem forbidden(String path, String detail) {
      return new Problem("FieldValueForbidden", path, "Forbidden: " + detail);
    }

    @Override
    public String toString() {
      return path + ": " + message;
    }
  }

  public static Refusal forbidden(ResourceType type, String name, String why) {
    return about(
        403,
        "Forbidden",
        type,
        name,
        "%s%s is forbidden: %s"
            .formatted(
                type.qualifiedName(),
                name == null || name.isEmpty() ? "" : " \"" + name + "\"",
                why),
        List.of());
  }

  /** Access control forbids it; the message says who may not do what where. */
  public static Refusal denied(String resource, String group, String name, String message) {
    return about(403, "Forbidden", resource, group, name, message, List.of());
  }

  public static Refusal tooManyRequests(String message, String causeReason, String causeMessage) {
    return new Refusal(
        new StatusBuilder()
            .withStatus("Failure")
            .withCode(429)
            .withReason("TooManyRequests")
            .withMessage(message)
            .withNewDetails()
            .withCauses(
                new StatusCauseBuilder().withReason(causeReason).withMessage(causeMessage).build())
            .endDetails()
            .build());
  }

  /** The version asked for lies before the history that is kept. */
  public static Refusal expired(String message) {
    return plain(410, "Expired", message);
  }

  /** The version asked for lies ahead. */
  public static Refusal tooLarge(long asked, long current) {
    return plain(
        504, "Timeout", "Too large resource version: %d, current: %d".formatted(asked, current));
  }

  public static Refusal badRequest(String message) {
    return plain(400, "BadRequest", message);
  }

  public static Refusal plain(int code, String reason, String message) {
    return new Refusal(
        new StatusBuilder()
            .withStatus("Failure")
            .withCode(code)
            .withReason(reason)
            .withMessage(message)
            .build());
  }

  private static Refusal about(
      int code,
      String reason,
      ResourceType type,
      String name,
      String message,
      List<StatusCause> causes) {
    return about(code, reason, type.plural(), type.group(), name, message, causes);
  }

  private static Refusal about(
      int code,
      String reason,
      String kind,
      String group,
      String name,
      String message,
      List<StatusCause> causes) {
    return new Refusal(
        new StatusBuilder()
            .withStatus("Failure")
            .withCode(code)
            .withReason(reason)
            .withMessage(message)
            .withNewDetails()
            .withName(name)
            .withGroup(group.isEmpty() ? null : group)
            .withKind(kind)
            .withCauses(causes)
            .endDetails()
            .build());
  }
}
