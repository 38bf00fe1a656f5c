package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods.Written;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes API calls and says in the port's words what became of them. */
final class Calls {

  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final Pattern NODES = Pattern.compile("^\\w+ (nodes|Node) ");

  private static final Pattern CHAOS_MESH = Pattern.compile("^\\w+ \\w+[Cc]haos ");

  private Calls() {}

  /**
   * Makes a call whose failures are all unexpected.
   *
   * @param what verb and object, for the message
   */
  static <T> T make(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw failure(what, e);
    }
  }

  /**
   * Makes a call that writes on a condition: the version that was seen, or the UID.
   *
   * @param what verb and object, for the message
   */
  static Written write(String what, Supplier<Written> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      if (isNotFound(e)) {
        return Written.GONE;
      }
      if (isConflict(e)) {
        return Written.CHANGED_MEANWHILE;
      }
      throw failure(what, e);
    }
  }

  /**
   * Deletes an object of this UID and no other: fabric8's own delete can only name a version.
   *
   * @param what verb and object, for the message
   * @param graceSeconds null for the object's own
   */
  static Written delete(
      KubernetesClient client, String what, String path, String uid, Long graceSeconds) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withGracePeriodSeconds(graceSeconds)
            .withNewPreconditions()
            .withUid(uid)
            .endPreconditions()
            .build();
    return write(
        what, () -> client.raw(path, "DELETE", options) == null ? Written.GONE : Written.DONE);
  }

  /** The port's exception for a failed call. */
  static ClusterException failure(String what, KubernetesClientException e) {
    int code = e.getCode();
    return switch (code) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          ClusterException.refused(
              "%s: the API server denies it (%d): grant the injector's service account what deploy/kubernetes/%s grants: %s"
                  .formatted(what, code, manifest(what), e.getMessage()),
              e);
      case HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_NOT_FOUND,
          HttpURLConnection.HTTP_BAD_METHOD,
          HttpURLConnection.HTTP_ENTITY_TOO_LARGE,
          HttpURLConnection.HTTP_UNSUPPORTED_TYPE,
          HttpURLConnection.HTTP_NOT_IMPLEMENTED,
          UNPROCESSABLE ->
          ClusterException.refused(
              "%s: the API server refuses it (%d): %s".formatted(what, code, e.getMessage()), e);
      case TOO_MANY_REQUESTS ->
          ClusterException.unavailable(what + ": the API server is too busy (429)", e);
      // 0 and below: no answer at all. All others: an answer that may be another one next time.
      default ->
          ClusterException.unavailable(
              "%s: the API server did not carry it out (%d): %s"
                  .formatted(what, code, e.getMessage()),
              e);
    };
  }

  /** The file whose role has the right. */
  private static String manifest(String what) {
    if (what.contains("container of pod")) {
      return "injector-container-kill.yaml";
    }
    if (CHAOS_MESH.matcher(what).find()) {
      return "injector-chaos-mesh.yaml";
    }
    return NODES.matcher(what).find() ? "injector-nodes.yaml" : "injector-access.yaml";
  }

  static boolean isNotFound(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  static boolean isExpired(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_GONE;
  }

  /** Whether an eviction was denied by a disruption budget, not by a busy server. */
  static boolean isForbiddenByBudget(KubernetesClientException e) {
    return e.getCode() == TOO_MANY_REQUESTS
        && e.getStatus() != null
        && e.getStatus().getDetails() != null
        && e.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> "DisruptionBudget".equals(cause.getReason()));
  }
}
