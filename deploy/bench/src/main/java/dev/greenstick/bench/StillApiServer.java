package dev.greenstick.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.access.Tokens;
import dev.greenstick.sandbox.api.ApiServer;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The sandbox's API server in a process of its own, without controllers and nodes, full of pods: so
 * many of the model, which belong to a Deployment and are spread over three nodes, among so many
 * others. Prints its URL and a token, and ends when its standard input does.
 */
public final class StillApiServer {

  static final String MODEL = "app=model";
  static final String HALF = "half=first";

  private static final int NODES = 3;

  private final Resources resources =
      new Resources(new Store(10_000), Clock.systemUTC(), new SplittableRandom(1));

  private StillApiServer() {}

  /**
   * Arguments: pods of the model, other pods.
   *
   * @throws IOException when standard input breaks
   */
  public static void main(String[] arguments) throws IOException {
    int model = Integer.parseInt(arguments[0]);
    int others = Integer.parseInt(arguments[1]);
    new StillApiServer().run(model, others);
  }

  private void run(int model, int others) throws IOException {
    List.of("default", "greenstick")
        .forEach(name -> create(ResourceTypes.NAMESPACES, "", name, Map.of(), Map.of()));
    for (int i = 0; i < NODES; i++) {
      create(ResourceTypes.NODES, "", "node-" + i, Map.of(), Map.of());
    }
    ObjectNode set = workload(model);
    for (int i = 0; i < model + others; i++) {
      boolean first = i < model;
      pod(i, first ? "model" : "other", first ? Optional.of(set) : Optional.empty());
    }
    Tokens tokens = new Tokens();
    int port =
        new ApiServer(
                Vertx.vertx(),
                resources,
                tokens,
                new Roles(resources.store()),
                (uid, container, previous) -> Optional.empty(),
                // There are no containers to run commands in.
                null,
                Clock.systemUTC())
            .startUnencrypted(0)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    System.out.printf("http://127.0.0.1:%d %s%n", port, tokens.issue(Subject.ADMIN));
    while (System.in.read() >= 0) {
      // Whoever started it is still there.
    }
    System.exit(0);
  }

  private ObjectNode workload(int replicas) {
    Map<String, Object> template =
        Map.of("metadata", Map.of("labels", Map.of("app", "model")), "spec", containers());
    Map<String, Object> spec =
        Map.of(
            "replicas",
            replicas,
            "selector",
            Map.of("matchLabels", Map.of("app", "model")),
            "template",
            template);
    ObjectNode deployment =
        create(ResourceTypes.DEPLOYMENTS, "default", "model", Map.of(), Map.of("spec", spec));
    return create(
        ResourceTypes.REPLICA_SETS,
        "default",
        "model-1",
        owner("apps/v1", "Deployment", deployment),
        Map.of("spec", spec));
  }

  private static Map<String, Object> owner(String apiVersion, String kind, ObjectNode owner) {
    return Map.of(
        "ownerReferences",
        List.of(
            Map.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "name",
                owner.at("/metadata/name").asText(),
                "uid",
                owner.at("/metadata/uid").asText(),
                "controller",
                true)));
  }

  private static Map<String, Object> containers() {
    return Map.of("containers", List.of(Map.of("name", "server", "image", "model:1")));
  }

  private void pod(int number, String app, Optional<ObjectNode> set) {
    String name = "%s-%05d".formatted(app, number);
    Map<String, Object> labels =
        Map.of("labels", Map.of("app", app, "half", number % 2 == 0 ? "first" : "second"));
    Map<String, Object> metadata = new HashMap<>(labels);
    set.ifPresent(owner -> metadata.putAll(owner("apps/v1", "ReplicaSet", owner)));
    Map<String, Object> spec = new HashMap<>(containers());
    spec.put("nodeName", "node-" + number % NODES);
    create(ResourceTypes.PODS, "default", name, metadata, Map.of("spec", spec));
    resources.changeStatus(
        new Key(ResourceTypes.PODS, "default", name),
        pod -> {
          ObjectNode running = pod.deepCopy();
          ObjectNode status = running.putObject("status").put("phase", "Running");
          status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
          return running;
        });
  }

  private ObjectNode create(
      ResourceType type,
      String namespace,
      String name,
      Map<String, Object> metadata,
      Map<String, Object> more) {
    ObjectNode object = Json.mapper().valueToTree(more);
    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode of = Json.mapper().valueToTree(metadata);
    of.put("name", name);
    if (type.namespaced()) {
      of.put("namespace", namespace);
    }
    object.set("metadata", of);
    return resources.create(type, namespace, object, false);
  }
}
