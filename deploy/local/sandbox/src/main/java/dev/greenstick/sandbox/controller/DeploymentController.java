package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** Keeps every Deployment's ReplicaSets at what its template and strategy ask for. */
final class DeploymentController implements Runnable {

  private static final EventRecorder.Source SOURCE =
      new EventRecorder.Source("deployment-controller", "");
  private static final String HASH = "pod-template-hash";
  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

  private final Resources resources;
  private final EventRecorder events;
  private final InstantSource clock;

  DeploymentController(Resources resources, EventRecorder events, InstantSource clock) {
    this.resources = resources;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void run() {
    List<ObjectNode> sets = resources.store().list(ResourceTypes.REPLICA_SETS, null).objects();
    List<ObjectNode> pods = resources.store().list(ResourceTypes.PODS, null).objects();
    for (ObjectNode deployment :
        resources.store().list(ResourceTypes.DEPLOYMENTS, null).objects()) {
      if (!Json.terminating(deployment)) {
        reconcile(deployment, Owners.ownedBy(deployment, sets), pods);
      }
    }
  }

  private void reconcile(ObjectNode deployment, List<ObjectNode> sets, List<ObjectNode> pods) {
    JsonNode template = deployment.path("spec").path("template");
    List<ObjectNode> old = new ArrayList<>();
    ObjectNode current = null;
    for (ObjectNode set : sets) {
      if (withoutHash(set.path("spec").path("template")).equals(template)) {
        current = set;
      } else {
        old.add(set);
      }
    }
    old.sort(Comparator.comparingLong(DeploymentController::revision));
    long newest = old.isEmpty() ? 0 : revision(old.getLast());
    if (current == null) {
      current = create(deployment, newest + 1);
    } else if (revision(current) < newest) {
      current = mark(current, newest + 1);
    }
    ObjectNode set = current;
    if (!deployment.path("spec").path("paused").asBoolean()) {
      roll(deployment, set, old, pods);
    }
    mark(deployment, set);
    report(deployment, set, old);
  }

  private void roll(
      ObjectNode deployment, ObjectNode current, List<ObjectNode> old, List<ObjectNode> pods) {
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    if (old.stream().allMatch(set -> replicas(set) == 0)) {
      scale(deployment, current, wanted);
      return;
    }
    if (deployment.path("spec").path("strategy").path("type").asText().equals("Recreate")) {
      old.forEach(set -> scale(deployment, set, 0));
      boolean left = old.stream().anyMatch(set -> !Owners.ownedBy(set, pods).isEmpty());
      if (!left) {
        scale(deployment, current, wanted);
      }
      return;
    }
    Rollout.Step step =
        Rollout.step(
            deployment.path("spec").path("strategy").path("rollingUpdate"),
            wanted,
            replicas(current),
            available(current),
            old.stream().map(set -> new Rollout.Old(replicas(set), available(set))).toList());
    scale(deployment, current, step.current());
    for (int i = 0; i < old.size(); i++) {
      scale(deployment, old.get(i), step.old().get(i));
    }
  }

  private ObjectNode create(ObjectNode deployment, long revision) {
    JsonNode template = deployment.path("spec").path("template");
    String hash = hash(template.toString());
    ObjectNode set =
        Json.MAPPER.createObjectNode().put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
    ObjectNode metadata =
        set.putObject("metadata")
            .put("name", Json.name(deployment) + "-" + hash)
            .put("namespace", Json.namespace(deployment));
    metadata.putObject("annotations").put(REVISION, Long.toString(revision));
    ObjectNode spec = set.putObject("spec").put("replicas", 0);
    spec.set("selector", deployment.path("spec").path("selector").deepCopy());
    spec.withObjectProperty("selector").withObjectProperty("matchLabels").put(HASH, hash);
    spec.set("template", template.deepCopy());
    spec.withObjectProperty("template")
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(HASH, hash);
    metadata.set("labels", spec.path("template").path("metadata").path("labels").deepCopy());
    if (deployment.path("spec").has("minReadySeconds")) {
      spec.set("minReadySeconds", deployment.path("spec").get("minReadySeconds"));
    }
    Owners.own(set, deployment);
    return resources.create(ResourceTypes.REPLICA_SETS, Json.namespace(deployment), set, false);
  }

  private void scale(ObjectNode deployment, ObjectNode set, int wanted) {
    int before = replicas(set);
    if (before == wanted) {
      return;
    }
    resources.change(
        Key.of(ResourceTypes.REPLICA_SETS, set),
        Part.MAIN,
        current -> {
          current.withObjectProperty("spec").put("replicas", wanted);
          return current;
        },
        false);
    events.normal(
        SOURCE,
        deployment,
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d"
            .formatted(before < wanted ? "up" : "down", Json.name(set), before, wanted));
  }

  private ObjectNode mark(ObjectNode set, long revision) {
    return resources.change(
        Key.of(ResourceTypes.REPLICA_SETS, set),
        Part.MAIN,
        current -> annotate(current, Long.toString(revision)),
        false);
  }

  private void mark(ObjectNode deployment, ObjectNode set) {
    String revision = Long.toString(revision(set));
    resources.change(
        Key.of(ResourceTypes.DEPLOYMENTS, deployment),
        Part.MAIN,
        current -> annotate(current, revision),
        false);
  }

  private static ObjectNode annotate(ObjectNode object, String revision) {
    object.withObjectProperty("metadata").withObjectProperty("annotations").put(REVISION, revision);
    return object;
  }

  private void report(ObjectNode deployment, ObjectNode current, List<ObjectNode> old) {
    List<ObjectNode> sets = new ArrayList<>(old);
    sets.add(current);
    int total = sets.stream().mapToInt(set -> status(set, "replicas")).sum();
    int ready = sets.stream().mapToInt(set -> status(set, "readyReplicas")).sum();
    int available = sets.stream().mapToInt(DeploymentController::available).sum();
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    int updated = status(current, "replicas");
    int required =
        wanted
            - Rollout.resolve(
                deployment
                    .path("spec")
                    .path("strategy")
                    .path("rollingUpdate")
                    .path("maxUnavailable"),
                wanted,
                false);
    String now = Resources.timestamp(clock.instant());
    resources.changeStatus(
        Key.of(ResourceTypes.DEPLOYMENTS, deployment),
        object -> {
          ObjectNode status = object.withObjectProperty("status");
          status
              .put("observedGeneration", object.path("metadata").path("generation").asLong())
              .put("replicas", total)
              .put("updatedReplicas", updated)
              .put("readyReplicas", ready)
              .put("availableReplicas", available)
              .put("unavailableReplicas", Math.max(0, wanted - available));
          boolean enough = available >= required;
          condition(
              status,
              "Available",
              enough ? "True" : "False",
              enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
              enough
                  ? "Deployment has minimum availability."
                  : "Deployment does not have minimum availability.",
              now);
          boolean done = updated == wanted && total == wanted && available == wanted;
          boolean wasDone =
              Owners.condition(object, "Progressing")
                  .path("reason")
                  .asText()
                  .equals("NewReplicaSetAvailable");
          if (done || !wasDone || updated < wanted) {
            condition(
                status,
                "Progressing",
                "True",
                done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                "ReplicaSet \"%s\" %s"
                    .formatted(
                        Json.name(current),
                        done ? "has successfully progressed." : "is progressing."),
                now);
          }
          return object;
        });
  }

  private static void condition(
      ObjectNode status, String type, String value, String reason, String message, String now) {
    ArrayNode conditions = status.withArrayProperty("conditions");
    ObjectNode found = null;
    for (JsonNode each : conditions) {
      if (each.path("type").asText().equals(type)) {
        found = (ObjectNode) each;
      }
    }
    if (found == null) {
      found = conditions.addObject().put("type", type);
    }
    boolean moved = !found.path("status").asText("").equals(value);
    if (moved || !found.path("reason").asText("").equals(reason)) {
      found.put("lastUpdateTime", now);
    }
    if (moved) {
      found.put("lastTransitionTime", now);
    }
    found.put("status", value).put("reason", reason).put("message", message);
  }

  private static JsonNode withoutHash(JsonNode template) {
    ObjectNode copy = template.deepCopy();
    if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return copy;
  }

  private static long revision(ObjectNode set) {
    return set.path("metadata").path("annotations").path(REVISION).asLong(0);
  }

  private static int replicas(ObjectNode set) {
    return set.path("spec").path("replicas").asInt();
  }

  private static int available(ObjectNode set) {
    return status(set, "availableReplicas");
  }

  private static int status(ObjectNode set, String field) {
    return set.path("status").path(field).asInt();
  }

  private static String hash(String text) {
    long hash = text.hashCode() & 0xffff_ffffL;
    StringBuilder letters = new StringBuilder();
    for (char digit : Long.toString(hash).toCharArray()) {
      letters.append(SAFE.charAt(digit - '0'));
    }
    return letters.toString();
  }

  @Override
  public String toString() {
    return "deployment-controller";
  }
}
