package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.Refusal.Problem;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Writes to the cluster, under the rules of a real API server: whoever writes (a client, a
 * controller, the kubelet) writes through here. Safe for use by several threads.
 */
public final class Resources {

  /** Kinds that must name the version they replace. */
  private static final Set<ResourceType> CONDITIONAL =
      Set.of(ResourceTypes.LEASES, ResourceTypes.DISRUPTION_BUDGETS);

  private static final Set<ResourceType> GENERATIONS =
      Set.of(
          ResourceTypes.DEPLOYMENTS,
          ResourceTypes.REPLICA_SETS,
          ResourceTypes.NETWORK_POLICIES,
          ResourceTypes.DISRUPTION_BUDGETS,
          ResourceTypes.PODS);

  private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ClusterAddresses addresses = new ClusterAddresses();

  public Resources(Store store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  public Store store() {
    return store;
  }

  public Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
    return store.get(new Key(type, namespace, name));
  }

  /**
   * Creates an object; the one given is not modified.
   *
   * @param dryRun check everything, keep nothing
   * @throws Refusal as a real API server refuses
   */
  public ObjectNode create(ResourceType type, String namespace, ObjectNode given, boolean dryRun) {
    ObjectNode object = given.deepCopy();
    Json.dropNulls(object);
    checkKind(type, object);
    ObjectNode metadata = object.withObjectProperty("metadata");
    if (metadata.hasNonNull("resourceVersion")
        && !metadata.get("resourceVersion").asText().isEmpty()) {
      throw Refusal.badRequest("resourceVersion should not be set on objects to be created");
    }
    place(type, namespace, metadata);
    if (Json.name(object).isEmpty() && !metadata.path("generateName").asText("").isEmpty()) {
      metadata.put("name", metadata.get("generateName").asText() + suffix());
    }
    metadata.put("uid", UUID.nameUUIDFromBytes(randomBytes()).toString());
    metadata.put("creationTimestamp", now());
    metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
    if (GENERATIONS.contains(type) || type.custom()) {
      metadata.put("generation", 1);
    }
    if (type.hasStatus() && !type.equals(ResourceTypes.NODES)) {
      object.remove("status");
    }
    Defaults.apply(type, object);
    initialStatus(type, object);
    check(type, object, Validation.problems(type, object));
    if (type.equals(ResourceTypes.PODS)) {
      podSecurity(object);
    }
    if (dryRun) {
      return object;
    }
    if (type.equals(ResourceTypes.SERVICES)) {
      addresses.assign(object);
    }
    return store.create(Key.of(type, object), object);
  }

  /**
   * Changes an object as one step.
   *
   * @param change gets a copy that it may modify, and returns what is to be kept
   * @throws Refusal as a real API server refuses
   */
  public ObjectNode change(Key key, Part part, UnaryOperator<ObjectNode> change, boolean dryRun) {
    UnaryOperator<ObjectNode> step = before -> changed(key, part, before, change);
    if (dryRun) {
      ObjectNode before =
          store.get(key).orElseThrow(() -> Refusal.notFound(key.type(), key.name()));
      return step.apply(before);
    }
    return store.update(key, step);
  }

  /** Changes an object's status as one step; does nothing when the object is gone. */
  public void changeStatus(Key key, UnaryOperator<ObjectNode> change) {
    try {
      change(key, Part.STATUS, change, false);
    } catch (Refusal refusal) {
      if (refusal.code() != 404) {
        throw refusal;
      }
    }
  }

  private ObjectNode changed(
      Key key, Part part, ObjectNode before, UnaryOperator<ObjectNode> change) {
    ResourceType type = key.type();
    ObjectNode proposed = change.apply(before.deepCopy());
    Json.dropNulls(proposed);
    checkKind(type, proposed);
    checkPreconditions(type, before, proposed);
    ObjectNode after = merged(type, part, before, proposed);
    if (part == Part.MAIN || part == Part.EPHEMERAL) {
      Defaults.apply(type, after);
    }
    ObjectNode oldMetadata = (ObjectNode) before.get("metadata");
    ObjectNode metadata = after.withObjectProperty("metadata");
    for (String field :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "generateName",
            "resourceVersion")) {
      if (oldMetadata.has(field)) {
        metadata.set(field, oldMetadata.get(field));
      } else {
        metadata.remove(field);
      }
    }
    if ((GENERATIONS.contains(type) || type.custom())
        && !after.path("spec").equals(before.path("spec"))) {
      metadata.put("generation", oldMetadata.path("generation").asLong() + 1);
    }
    List<Problem> problems = Validation.problems(type, after);
    if (type.equals(ResourceTypes.PODS) && part == Part.MAIN && problems.isEmpty()) {
      problems = PodChanges.problems(before, after);
    }
    if (part == Part.EPHEMERAL && problems.isEmpty()) {
      problems = EphemeralContainers.problems(before, after);
    }
    if (type.equals(ResourceTypes.PODS)) {
      podSecurity(after);
    }
    if ((type.equals(ResourceTypes.DEPLOYMENTS) || type.equals(ResourceTypes.REPLICA_SETS))
        && !after.path("spec").path("selector").equals(before.path("spec").path("selector"))) {
      problems.add(
          Problem.invalid(
              "spec.selector",
              after.path("spec").path("selector").toString(),
              "field is immutable"));
    }
    check(type, after, problems);
    return Deletion.finished(after) ? null : after;
  }

  private static void checkPreconditions(
      ResourceType type, ObjectNode before, ObjectNode proposed) {
    JsonNode metadata = proposed.path("metadata");
    String name = Json.name(before);
    if (metadata.has("name") && !metadata.get("name").asText().equals(name)) {
      throw Refusal.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(metadata.get("name").asText(), name));
    }
    String namespace = metadata.path("namespace").asText("");
    if (!namespace.isEmpty() && !namespace.equals(Json.namespace(before))) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    String uid = metadata.path("uid").asText("");
    if (!uid.isEmpty() && !uid.equals(Json.uid(before))) {
      throw Refusal.conflict(
          type,
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Json.uid(before)));
    }
    String version = metadata.path("resourceVersion").asText("");
    if (version.isEmpty()) {
      if (CONDITIONAL.contains(type) || type.custom()) {
        throw Refusal.invalid(
            type,
            name,
            List.of(
                Problem.invalid(
                    "metadata.resourceVersion", "0x0", "must be specified for an update")));
      }
    } else if (!version.equals(before.path("metadata").path("resourceVersion").asText())) {
      throw Refusal.modified(type, name);
    }
  }

  private static ObjectNode merged(
      ResourceType type, Part part, ObjectNode before, ObjectNode proposed) {
    ObjectNode after = before.deepCopy();
    switch (part) {
      case MAIN -> {
        after = proposed.deepCopy();
        if (type.hasStatus()) {
          copy(before, after, "status");
        }
      }
      case STATUS -> copy(proposed, after, "status");
      case BINDING -> {
        copy(proposed.withObjectProperty("spec"), after.withObjectProperty("spec"), "nodeName");
        copy(proposed, after, "status");
      }
      case EPHEMERAL ->
          copy(
              proposed.withObjectProperty("spec"),
              after.withObjectProperty("spec"),
              "ephemeralContainers");
    }
    return after;
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field).deepCopy());
    } else {
      to.remove(field);
    }
  }

  /**
   * Deletes an object, at once or gracefully.
   *
   * @return the object as it now is, with {@link Json#terminating} true while it is still there
   * @throws Refusal 404, 409 for a precondition that does not hold
   */
  public Deletion.Outcome delete(Key key, Deletion.Request request, boolean dryRun) {
    boolean[] gone = new boolean[1];
    UnaryOperator<ObjectNode> step =
        before -> {
          ObjectNode after = Deletion.requested(key, before, request, clock.instant());
          gone[0] = after == null;
          return after;
        };
    ObjectNode current = store.get(key).orElseThrow(() -> Refusal.notFound(key.type(), key.name()));
    if (dryRun) {
      var _ = step.apply(current);
      return new Deletion.Outcome(current, gone[0]);
    }
    ObjectNode last = store.update(key, step);
    if (gone[0] && key.type().equals(ResourceTypes.SERVICES)) {
      addresses.release(last);
    }
    return new Deletion.Outcome(last, gone[0]);
  }

  private void place(ResourceType type, String namespace, ObjectNode metadata) {
    if (!type.namespaced()) {
      metadata.remove("namespace");
      return;
    }
    String said = metadata.path("namespace").asText("");
    if (!said.isEmpty() && !said.equals(namespace)) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    metadata.put("namespace", namespace);
    ObjectNode home =
        store
            .get(new Key(ResourceTypes.NAMESPACES, "", namespace))
            .orElseThrow(() -> Refusal.notFound(ResourceTypes.NAMESPACES, namespace));
    if (Json.terminating(home)) {
      throw Refusal.forbidden(
          type,
          metadata.path("name").asText(),
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(namespace));
    }
  }

  private void podSecurity(ObjectNode pod) {
    store
        .get(new Key(ResourceTypes.NAMESPACES, "", Json.namespace(pod)))
        .flatMap(namespace -> PodSecurity.violation(namespace, pod))
        .ifPresent(
            violation -> {
              throw Refusal.forbidden(ResourceTypes.PODS, Json.name(pod), violation);
            });
  }

  private static void checkKind(ResourceType type, ObjectNode object) {
    String kind = object.path("kind").asText(type.kind());
    String apiVersion = object.path("apiVersion").asText(type.apiVersion());
    if (!kind.equals(type.kind()) || !apiVersion.equals(type.apiVersion())) {
      throw Refusal.badRequest(
          "%s in version \"%s\" cannot be handled as a %s"
              .formatted(kind, apiVersion, type.kind()));
    }
    object.put("kind", kind).put("apiVersion", apiVersion);
  }

  private static void check(ResourceType type, ObjectNode object, List<Problem> problems) {
    Json.checkTypes(type, object);
    if (!problems.isEmpty()) {
      throw Refusal.invalid(type, Json.name(object), problems);
    }
  }

  private static void initialStatus(ResourceType type, ObjectNode object) {
    if (type.equals(ResourceTypes.PODS)) {
      object.withObjectProperty("status").put("phase", "Pending").put("qosClass", "BestEffort");
    } else if (type.equals(ResourceTypes.NAMESPACES)) {
      object.withObjectProperty("status").put("phase", "Active");
    } else if (type.equals(ResourceTypes.SERVICES)) {
      object.withObjectProperty("status").withObjectProperty("loadBalancer");
    } else if (type.equals(ResourceTypes.REPLICA_SETS)) {
      object.withObjectProperty("status").put("replicas", 0);
    } else if (type.equals(ResourceTypes.DEPLOYMENTS)) {
      object.withObjectProperty("status");
    }
  }

  private String now() {
    return timestamp(clock.instant());
  }

  /** An instant as {@code metav1.Time} writes it: whole seconds. */
  public static String timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Five letters as {@code generateName} appends them. */
  public String suffix() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      letters.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
    }
    return letters.toString();
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }
}
