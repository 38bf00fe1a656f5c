package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps every ReplicaSet at its number of pods. */
final class ReplicaSetController implements Runnable {

  private static final EventRecorder.Source SOURCE =
      new EventRecorder.Source("replicaset-controller", "");

  private final Resources resources;
  private final EventRecorder events;
  private final InstantSource clock;

  ReplicaSetController(Resources resources, EventRecorder events, InstantSource clock) {
    this.resources = resources;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void run() {
    List<ObjectNode> pods = resources.store().list(ResourceTypes.PODS, null).objects();
    for (ObjectNode set : resources.store().list(ResourceTypes.REPLICA_SETS, null).objects()) {
      if (!Json.terminating(set)) {
        reconcile(set, Owners.ownedBy(set, pods));
      }
    }
  }

  private void reconcile(ObjectNode set, List<ObjectNode> owned) {
    List<ObjectNode> active = new ArrayList<>(owned.stream().filter(Owners::active).toList());
    int wanted = set.path("spec").path("replicas").asInt(1);
    for (int missing = wanted - active.size(); missing > 0; missing--) {
      active.add(create(set));
    }
    if (active.size() > wanted) {
      List<ObjectNode> leaving =
          active.stream().sorted(LEAST_MISSED_FIRST).limit(active.size() - wanted).toList();
      leaving.forEach(pod -> delete(set, pod));
      active.removeAll(leaving);
    }
    report(set, active);
  }

  /** Pods without a node go first, then unready ones, then the youngest. */
  private static final Comparator<ObjectNode> LEAST_MISSED_FIRST =
      Comparator.comparing(
              (ObjectNode pod) -> !pod.path("spec").path("nodeName").asText("").isEmpty())
          .thenComparing(Owners::ready)
          .thenComparing(
              pod -> pod.path("metadata").path("creationTimestamp").asText(),
              Comparator.reverseOrder());

  private ObjectNode create(ObjectNode set) {
    ObjectNode template = set.path("spec").path("template").deepCopy();
    ObjectNode pod = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.set("metadata", template.path("metadata"));
    pod.set("spec", template.path("spec"));
    pod.withObjectProperty("metadata").put("generateName", Json.name(set) + "-");
    Owners.own(pod, set);
    ObjectNode created = resources.create(ResourceTypes.PODS, Json.namespace(set), pod, false);
    events.normal(SOURCE, set, "SuccessfulCreate", "Created pod: " + Json.name(created));
    return created;
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    try {
      resources.delete(
          Key.of(ResourceTypes.PODS, pod), new Deletion.Request(null, Json.uid(pod), null), false);
      events.normal(SOURCE, set, "SuccessfulDelete", "Deleted pod: " + Json.name(pod));
    } catch (Refusal gone) {
      if (gone.code() != 404) {
        throw gone;
      }
    }
  }

  private void report(ObjectNode set, List<ObjectNode> active) {
    int ready = (int) active.stream().filter(Owners::ready).count();
    long patience = set.path("spec").path("minReadySeconds").asLong(0);
    Instant now = clock.instant();
    int available =
        (int)
            active.stream()
                .filter(Owners::ready)
                .filter(pod -> patience == 0 || !readySince(pod).plusSeconds(patience).isAfter(now))
                .count();
    resources.changeStatus(
        Key.of(ResourceTypes.REPLICA_SETS, set),
        current -> {
          current
              .withObjectProperty("status")
              .put("replicas", active.size())
              .put("fullyLabeledReplicas", active.size())
              .put("readyReplicas", ready)
              .put("availableReplicas", available)
              .put("observedGeneration", current.path("metadata").path("generation").asLong());
          return current;
        });
  }

  private static Instant readySince(ObjectNode pod) {
    return Instant.parse(Owners.condition(pod, "Ready").path("lastTransitionTime").asText());
  }

  @Override
  public String toString() {
    return "replicaset-controller";
  }
}
