package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives every pod a node: the one with the fewest pods that may take it. */
final class SchedulingController implements Runnable {

  private static final EventRecorder.Source SOURCE =
      new EventRecorder.Source("default-scheduler", "");

  private final Resources resources;
  private final EventRecorder events;
  private final InstantSource clock;

  SchedulingController(Resources resources, EventRecorder events, InstantSource clock) {
    this.resources = resources;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void run() {
    List<ObjectNode> nodes = resources.store().list(ResourceTypes.NODES, null).objects();
    for (ObjectNode pod : resources.store().list(ResourceTypes.PODS, null).objects()) {
      if (pod.path("spec").path("nodeName").asText("").isEmpty() && !Json.terminating(pod)) {
        choose(pod, nodes).ifPresentOrElse(node -> bind(pod, node), () -> fail(pod, nodes));
      }
    }
  }

  private Optional<ObjectNode> choose(ObjectNode pod, List<ObjectNode> nodes) {
    Map<String, String> wanted = Json.strings(pod.path("spec").path("nodeSelector"));
    List<ObjectNode> pods = resources.store().list(ResourceTypes.PODS, null).objects();
    return nodes.stream()
        .filter(node -> !node.path("spec").path("unschedulable").asBoolean())
        .filter(node -> Json.labels(node).entrySet().containsAll(wanted.entrySet()))
        .min(
            Comparator.comparingLong(
                node ->
                    pods.stream()
                        .filter(Owners::active)
                        .filter(
                            each ->
                                each.path("spec").path("nodeName").asText().equals(Json.name(node)))
                        .count()));
  }

  private void bind(ObjectNode pod, ObjectNode node) {
    String nodeName = Json.name(node);
    condition(pod, "True", "", "", nodeName);
    events.normal(
        SOURCE,
        pod,
        "Scheduled",
        "Successfully assigned %s/%s to %s"
            .formatted(Json.namespace(pod), Json.name(pod), nodeName));
  }

  private void fail(ObjectNode pod, List<ObjectNode> nodes) {
    long cordoned =
        nodes.stream().filter(node -> node.path("spec").path("unschedulable").asBoolean()).count();
    List<String> reasons = new ArrayList<>();
    if (cordoned > 0) {
      reasons.add(cordoned + " node(s) were unschedulable");
    }
    if (cordoned < nodes.size()) {
      reasons.add((nodes.size() - cordoned) + " node(s) didn't match Pod's node affinity/selector");
    }
    String message =
        "0/%d nodes are available: %s.".formatted(nodes.size(), String.join(", ", reasons));
    boolean known =
        Owners.condition(pod, "PodScheduled").path("message").asText("").equals(message);
    if (!known) {
      condition(pod, "False", "Unschedulable", message, "");
      events.warning(SOURCE, pod, "FailedScheduling", message);
    }
  }

  private void condition(
      ObjectNode pod, String value, String reason, String message, String nodeName) {
    String now = Resources.timestamp(clock.instant());
    resources.change(
        Key.of(ResourceTypes.PODS, pod),
        Part.BINDING,
        current -> {
          if (!nodeName.isEmpty()) {
            current.withObjectProperty("spec").put("nodeName", nodeName);
          }
          ObjectNode condition =
              current
                  .withObjectProperty("status")
                  .putArray("conditions")
                  .addObject()
                  .put("type", "PodScheduled")
                  .put("status", value)
                  .put("lastTransitionTime", now);
          if (!reason.isEmpty()) {
            condition.put("reason", reason).put("message", message);
          }
          return current;
        },
        false);
  }

  @Override
  public String toString() {
    return "default-scheduler";
  }
}
