package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes what the kubelet knows about a pod as the pod's status; pure but for the pod given. */
final class PodStatus {

  private PodStatus() {}

  static ObjectNode write(
      ObjectNode pod,
      List<Container> inits,
      List<Container> containers,
      List<Container> ephemerals,
      String podIp,
      String hostIp,
      Instant startTime,
      Instant now) {
    ObjectNode status = pod.withObjectProperty("status");
    status.put("phase", phase(pod, inits, containers));
    status.put("hostIP", hostIp).put("podIP", podIp);
    status.putArray("hostIPs").addObject().put("ip", hostIp);
    status.putArray("podIPs").addObject().put("ip", podIp);
    if (!status.has("startTime")) {
      status.put("startTime", Resources.timestamp(startTime));
    }
    String uid = pod.path("metadata").path("uid").asText();
    if (!inits.isEmpty()) {
      containers(status.putArray("initContainerStatuses"), uid, inits);
    }
    containers(status.putArray("containerStatuses"), uid, containers);
    if (!ephemerals.isEmpty()) {
      containers(status.putArray("ephemeralContainerStatuses"), uid, ephemerals);
    }

    boolean initialized = inits.stream().allMatch(Container::succeeded);
    boolean terminal = List.of("Succeeded", "Failed").contains(status.path("phase").asText());
    boolean succeeded = status.path("phase").asText().equals("Succeeded");
    String unready =
        containers.stream()
            .filter(container -> !container.ready)
            .map(container -> container.name)
            .collect(Collectors.joining(" "));
    condition(status, "PodReadyToStartContainers", !terminal, "", "", now);
    condition(
        status,
        "Initialized",
        initialized,
        succeeded ? "PodCompleted" : initialized ? "" : "ContainersNotInitialized",
        initialized
            ? ""
            : "containers with incomplete status: [%s]"
                .formatted(
                    inits.stream()
                        .filter(container -> !container.succeeded())
                        .map(container -> container.name)
                        .collect(Collectors.joining(" "))),
        now);
    boolean ready = unready.isEmpty() && initialized;
    String reason = ready ? "" : succeeded ? "PodCompleted" : "ContainersNotReady";
    String message =
        ready || succeeded ? "" : "containers with unready status: [%s]".formatted(unready);
    condition(status, "Ready", ready, reason, message, now);
    condition(status, "ContainersReady", ready, reason, message, now);
    return pod;
  }

  private static String phase(ObjectNode pod, List<Container> inits, List<Container> containers) {
    String policy = pod.path("spec").path("restartPolicy").asText("Always");
    if (inits.stream()
        .anyMatch(
            each ->
                policy.equals("Never")
                    && each.state instanceof ContainerState.Terminated ended
                    && ended.exitCode() != 0)) {
      return "Failed";
    }
    boolean allEnded =
        containers.stream().allMatch(each -> each.state instanceof ContainerState.Terminated);
    boolean allSucceeded = containers.stream().allMatch(Container::succeeded);
    if (allEnded && !policy.equals("Always")) {
      if (allSucceeded) {
        return "Succeeded";
      }
      if (policy.equals("Never")) {
        return "Failed";
      }
    }
    boolean everRan =
        containers.stream()
            .allMatch(each -> each.running() || each.last.isPresent() || each.runs > 0);
    return everRan && inits.stream().allMatch(Container::succeeded) ? "Running" : "Pending";
  }

  private static void containers(ArrayNode statuses, String podUid, List<Container> containers) {
    for (Container container : containers) {
      ObjectNode status = statuses.addObject().put("name", container.name);
      ObjectNode state = status.putObject("state");
      state(state, podUid, container, container.state);
      if (!container.message.isEmpty() && state.get("terminated") instanceof ObjectNode ended) {
        ended.put("message", container.message);
      }
      ObjectNode last = status.putObject("lastState");
      container.last.ifPresent(terminated -> state(last, podUid, container, terminated));
      status
          .put("ready", container.init ? container.succeeded() : container.ready)
          .put("restartCount", container.restarts);
      String image =
          switch (container.state) {
            case ContainerState.Running running -> running.image();
            case ContainerState.Terminated terminated -> terminated.image();
            case ContainerState.Waiting waiting -> container.image();
          };
      status.put("image", image);
      status.put("imageID", container.runs == 0 ? "" : imageId(image));
      if (container.runs > 0) {
        status.put("containerID", id(podUid, container, container.runs));
      }
      status.put("started", container.running() && container.started);
    }
  }

  private static void state(
      ObjectNode node, String podUid, Container container, ContainerState state) {
    switch (state) {
      case ContainerState.Waiting waiting -> {
        ObjectNode detail = node.putObject("waiting").put("reason", waiting.reason());
        if (!waiting.message().isEmpty()) {
          detail.put("message", waiting.message());
        }
      }
      case ContainerState.Running running ->
          node.putObject("running").put("startedAt", Resources.timestamp(running.since()));
      case ContainerState.Terminated terminated ->
          node.putObject("terminated")
              .put("exitCode", terminated.exitCode())
              .put("reason", terminated.reason())
              .put("startedAt", Resources.timestamp(terminated.since()))
              .put("finishedAt", Resources.timestamp(terminated.at()))
              .put("containerID", id(podUid, container, terminated.run()));
    }
  }

  private static String id(String podUid, Container container, int run) {
    return "sandbox://"
        + UUID.nameUUIDFromBytes((podUid + container.name + run).getBytes(StandardCharsets.UTF_8));
  }

  /** Stable, so that the same image always has the same id, as a digest would. */
  private static String imageId(String image) {
    return image.replaceFirst(":[^:/]*$", "")
        + "@sandbox:"
        + UUID.nameUUIDFromBytes(image.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets a condition; the time of its last transition moves only when its status does. */
  static void condition(
      ObjectNode status, String type, boolean holds, String reason, String message, Instant now) {
    ArrayNode conditions = status.withArrayProperty("conditions");
    ObjectNode found = null;
    for (JsonNode condition : conditions) {
      if (condition.path("type").asText().equals(type)) {
        found = (ObjectNode) condition;
      }
    }
    if (found == null) {
      found = conditions.addObject().put("type", type);
    }
    String value = holds ? "True" : "False";
    if (!found.path("status").asText("").equals(value)) {
      found.put("lastTransitionTime", Resources.timestamp(now));
    }
    found.put("status", value).putNull("lastProbeTime");
    found.remove(List.of("reason", "message"));
    if (!reason.isEmpty()) {
      found.put("reason", reason);
    }
    if (!message.isEmpty()) {
      found.put("message", message);
    }
  }
}
