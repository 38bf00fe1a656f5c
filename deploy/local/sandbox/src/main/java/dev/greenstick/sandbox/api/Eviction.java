package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.selector.LabelSelectors;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.time.Instant;
import java.util.List;

/** Deletes a pod if the disruption budgets allow it, as the eviction subresource does. */
final class Eviction {

  private Eviction() {}

  /**
   * @throws Refusal 429 when a budget forbids it, 500 when more than one budget covers the pod
   */
  static void evict(
      Resources resources, Key podKey, Deletion.Request request, boolean dryRun, Instant now) {
    ObjectNode pod =
        resources
            .store()
            .get(podKey)
            .orElseThrow(() -> Refusal.notFound(podKey.type(), podKey.name()));
    if (needsBudget(pod)) {
      List<ObjectNode> budgets =
          resources
              .store()
              .list(ResourceTypes.DISRUPTION_BUDGETS, podKey.namespace())
              .objects()
              .stream()
              .filter(budget -> covers(budget, pod))
              .toList();
      if (budgets.size() > 1) {
        throw Refusal.plain(
            500,
            "InternalError",
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                + " not support.");
      }
      if (!budgets.isEmpty()) {
        Key key = Key.of(ResourceTypes.DISRUPTION_BUDGETS, budgets.getFirst());
        resources.change(key, Part.STATUS, budget -> charge(budget, pod, now), dryRun);
      }
    }
    resources.delete(podKey, request, dryRun);
  }

  private static boolean needsBudget(ObjectNode pod) {
    String phase = pod.path("status").path("phase").asText();
    if (Json.terminating(pod) || !phase.equals("Running")) {
      return false;
    }
    for (var condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return true;
      }
    }
    return false;
  }

  static boolean covers(ObjectNode budget, ObjectNode pod) {
    LabelSelector selector =
        Json.MAPPER.convertValue(budget.path("spec").path("selector"), LabelSelector.class);
    return LabelSelectors.of(selector).test(Json.labels(pod));
  }

  private static ObjectNode charge(ObjectNode budget, ObjectNode pod, Instant now) {
    ObjectNode status = budget.withObjectProperty("status");
    String name = Json.name(budget);
    if (status.path("observedGeneration").asLong()
        < budget.path("metadata").path("generation").asLong()) {
      throw Refusal.tooManyRequests(
          "Cannot evict pod as it would violate the pod's disruption budget.",
          "DisruptionBudget",
          "The disruption budget " + name + " is still being processed by the server.");
    }
    int allowed = status.path("disruptionsAllowed").asInt();
    if (allowed <= 0 && ready(pod)) {
      throw Refusal.tooManyRequests(
          "Cannot evict pod as it would violate the pod's disruption budget.",
          "DisruptionBudget",
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  status.path("desiredHealthy").asInt(),
                  status.path("currentHealthy").asInt()));
    }
    if (ready(pod)) {
      status.put("disruptionsAllowed", allowed - 1);
      status.withObjectProperty("disruptedPods").put(Json.name(pod), Resources.timestamp(now));
    }
    return budget;
  }

  private static boolean ready(ObjectNode pod) {
    for (var condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
