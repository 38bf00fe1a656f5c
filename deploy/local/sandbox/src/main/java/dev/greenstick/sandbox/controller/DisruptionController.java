package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.selector.LabelSelectors;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceTypes;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts, for every disruption budget, how many pods may go. */
final class DisruptionController implements Runnable {

  private static final Duration EVICTION_FORGOTTEN_AFTER = Duration.ofMinutes(2);

  private final Resources resources;
  private final InstantSource clock;

  DisruptionController(Resources resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
  }

  @Override
  public void run() {
    for (ObjectNode budget :
        resources.store().list(ResourceTypes.DISRUPTION_BUDGETS, null).objects()) {
      resources.changeStatus(Key.of(ResourceTypes.DISRUPTION_BUDGETS, budget), this::count);
    }
  }

  private ObjectNode count(ObjectNode budget) {
    LabelSelector selector =
        Json.MAPPER.convertValue(budget.path("spec").path("selector"), LabelSelector.class);
    List<ObjectNode> pods =
        resources.store().list(ResourceTypes.PODS, Json.namespace(budget)).objects().stream()
            .filter(pod -> LabelSelectors.of(selector).test(Json.labels(pod)))
            .toList();
    ObjectNode status = budget.withObjectProperty("status");
    ObjectNode disrupted = status.withObjectProperty("disruptedPods");
    Instant now = clock.instant();
    Set<String> names = new HashSet<>();
    pods.stream().filter(Owners::active).forEach(pod -> names.add(Json.name(pod)));
    List<String> forgotten = new java.util.ArrayList<>();
    disrupted
        .fields()
        .forEachRemaining(
            entry -> {
              Instant at = Instant.parse(entry.getValue().asText());
              if (!names.contains(entry.getKey())
                  || at.plus(EVICTION_FORGOTTEN_AFTER).isBefore(now)) {
                forgotten.add(entry.getKey());
              }
            });
    disrupted.remove(forgotten);
    int expected = expected(pods);
    int healthy =
        (int)
            pods.stream()
                .filter(Owners::active)
                .filter(Owners::ready)
                .filter(pod -> !disrupted.has(Json.name(pod)))
                .count();
    int desired = desired(budget.path("spec"), expected);
    int allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
    if (disrupted.isEmpty()) {
      status.remove("disruptedPods");
    }
    status
        .put("currentHealthy", healthy)
        .put("desiredHealthy", desired)
        .put("expectedPods", expected)
        .put("disruptionsAllowed", allowed)
        .put("observedGeneration", budget.path("metadata").path("generation").asLong());
    condition(status, allowed > 0, budget.path("metadata").path("generation").asLong(), now);
    return budget;
  }

  private int expected(List<ObjectNode> pods) {
    List<ObjectNode> sets = resources.store().list(ResourceTypes.REPLICA_SETS, null).objects();
    int replicas =
        sets.stream()
            .filter(set -> pods.stream().anyMatch(pod -> Owners.controls(set, pod)))
            .mapToInt(set -> set.path("spec").path("replicas").asInt())
            .sum();
    int alone =
        (int)
            pods.stream()
                .filter(Owners::active)
                .filter(pod -> pod.path("metadata").path("ownerReferences").isEmpty())
                .count();
    return replicas + alone;
  }

  private static int desired(JsonNode spec, int expected) {
    return spec.has("maxUnavailable")
        ? Math.max(0, expected - Rollout.resolve(spec.get("maxUnavailable"), expected, true))
        : Rollout.resolve(spec.path("minAvailable"), expected, true);
  }

  private static void condition(ObjectNode status, boolean allowed, long generation, Instant now) {
    JsonNode before = status.path("conditions").path(0);
    String value = allowed ? "True" : "False";
    String since =
        before.path("status").asText("").equals(value)
            ? before.path("lastTransitionTime").asText()
            : Resources.timestamp(now);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionAllowed")
        .put("status", value)
        .put("reason", allowed ? "SufficientPods" : "InsufficientPods")
        .put("message", "")
        .put("observedGeneration", generation)
        .put("lastTransitionTime", since);
  }

  @Override
  public String toString() {
    return "disruption-controller";
  }
}
