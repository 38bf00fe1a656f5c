package dev.greenstick.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;

/** How a pod is printed: kubernetes' {@code printPod}, where the status is what ails it most. */
final class PodColumns {

  static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.text("Ready", PodColumns::ready),
          Column.text("Status", PodColumns::status),
          new Column("Restarts", "string", 0, PodColumns::restarts),
          Column.age(),
          Column.wide("IP", pod -> Tables.orNone(pod.path("status").path("podIP"))),
          Column.wide("Node", pod -> Tables.orNone(pod.path("spec").path("nodeName"))),
          Column.wide(
              "Nominated Node", pod -> Tables.orNone(pod.path("status").path("nominatedNodeName"))),
          Column.wide("Readiness Gates", pod -> "<none>"));

  private PodColumns() {}

  private static String ready(ObjectNode pod) {
    int ready = 0;
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      ready +=
          container.path("ready").asBoolean() && container.path("state").has("running") ? 1 : 0;
    }
    return ready + "/" + pod.path("spec").path("containers").size();
  }

  private static JsonNode restarts(ObjectNode pod, Instant now) {
    int restarts = 0;
    String last = "";
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      restarts += container.path("restartCount").asInt();
      String finished =
          container.path("lastState").path("terminated").path("finishedAt").asText("");
      last = finished.compareTo(last) > 0 ? finished : last;
    }
    return TextNode.valueOf(
        restarts > 0 && !last.isEmpty()
            ? "%d (%s ago)".formatted(restarts, Ages.since(last, now))
            : Integer.toString(restarts));
  }

  static String status(ObjectNode pod) {
    JsonNode status = pod.path("status");
    String reason = status.path("reason").asText(status.path("phase").asText("Unknown"));
    JsonNode initStatuses = status.path("initContainerStatuses");
    boolean initializing = false;
    for (int i = 0; i < initStatuses.size(); i++) {
      JsonNode state = initStatuses.get(i).path("state");
      JsonNode terminated = state.path("terminated");
      if (terminated.isObject() && terminated.path("exitCode").asInt() == 0) {
        continue;
      }
      initializing = true;
      if (terminated.isObject()) {
        reason = "Init:" + terminated.path("reason").asText("Error");
      } else {
        String waiting = state.path("waiting").path("reason").asText("");
        reason =
            waiting.isEmpty() || waiting.equals("PodInitializing")
                ? "Init:%d/%d".formatted(i, pod.path("spec").path("initContainers").size())
                : "Init:" + waiting;
      }
      break;
    }
    if (!initializing) {
      reason = containers(status, reason);
    }
    if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
      return status.path("reason").asText().equals("NodeLost") ? "Unknown" : "Terminating";
    }
    return reason;
  }

  private static String containers(JsonNode status, String initial) {
    String reason = initial;
    boolean running = false;
    JsonNode statuses = status.path("containerStatuses");
    for (int i = statuses.size() - 1; i >= 0; i--) {
      JsonNode state = statuses.get(i).path("state");
      String waiting = state.path("waiting").path("reason").asText("");
      JsonNode terminated = state.path("terminated");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (terminated.isObject()) {
        reason =
            terminated.path("reason").asText("").isEmpty()
                ? terminated.has("signal")
                    ? "Signal:" + terminated.path("signal").asText()
                    : "ExitCode:" + terminated.path("exitCode").asText()
                : terminated.path("reason").asText();
      } else if (statuses.get(i).path("ready").asBoolean() && state.has("running")) {
        running = true;
      }
    }
    return reason.equals("Completed") && running ? "Running" : reason;
  }
}
