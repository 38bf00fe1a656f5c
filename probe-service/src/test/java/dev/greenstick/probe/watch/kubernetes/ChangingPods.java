package dev.greenstick.probe.watch.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.access.Tokens;
import dev.greenstick.sandbox.api.ApiServer;
import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The sandbox's API server without controllers and nodes: pods change when a test changes them, and
 * only then.
 */
final class ChangingPods implements AutoCloseable {

  private static final Vertx VERTX = Vertx.vertx();

  private final Resources resources;
  private final ApiServer api;
  private final Tokens tokens = new Tokens();
  private final int port;

  ChangingPods(InstantSource clock, long seed) {
    Store store = new Store(1_000);
    this.resources = new Resources(store, clock, new SplittableRandom(seed));
    ObjectNode namespace =
        Json.mapper().createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", "default");
    resources.create(ResourceTypes.NAMESPACES, "", namespace, false);
    this.api =
        new ApiServer(
            VERTX,
            resources,
            tokens,
            new Roles(store),
            (uid, container, previous) -> Optional.empty(),
            // There are no containers to run commands in.
            null,
            clock);
    this.port = api.startUnencrypted(0).toCompletionStage().toCompletableFuture().join();
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl("http://127.0.0.1:" + port)
                .withOauthToken(tokens.issue(Subject.ADMIN))
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(5)
                .withOnlyHttpWatches(true)
                .build())
        .build();
  }

  Store store() {
    return resources.store();
  }

  void interfere(Interference interference) {
    api.interfere(interference);
  }

  int dropWatches() {
    return api.dropWatches().toCompletionStage().toCompletableFuture().join();
  }

  int bookmarkWatches() {
    return api.bookmarkWatches().toCompletionStage().toCompletableFuture().join();
  }

  void compact() {
    store().compact();
  }

  /** A new pod, which is not ready. */
  void create(String name, Map<String, String> labels) {
    ObjectNode pod = Json.mapper().createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata")
        .put("name", name)
        .put("namespace", "default")
        .set("labels", Json.mapper().valueToTree(labels));
    pod.set(
        "spec",
        Json.mapper()
            .valueToTree(Map.of("containers", List.of(Map.of("name", "c", "image", "model:1")))));
    resources.create(ResourceTypes.PODS, "default", pod, false);
  }

  /** As a kubelet reports. */
  void report(String name, boolean ready, int restarts, String reason) {
    resources.changeStatus(
        key(name),
        pod -> {
          ObjectNode changed = pod.deepCopy();
          ObjectNode status = changed.putObject("status").put("phase", "Running");
          status
              .putArray("conditions")
              .addObject()
              .put("type", "Ready")
              .put("status", ready ? "True" : "False");
          ObjectNode container =
              status
                  .putArray("containerStatuses")
                  .addObject()
                  .put("name", "c")
                  .put("image", "model:1")
                  .put("imageID", "")
                  .put("ready", ready)
                  .put("restartCount", restarts);
          ObjectNode state = container.putObject("state");
          if (ready) {
            state.putObject("running");
          } else {
            state.putObject("waiting").put("reason", reason);
          }
          return changed;
        });
  }

  void image(String name, String image) {
    change(
        name,
        pod -> {
          ((ObjectNode) pod.at("/spec/containers/0")).put("image", image);
          return pod;
        });
  }

  void label(String name, String label, String value) {
    change(
        name,
        pod -> {
          pod.withObject("/metadata/labels").put(label, value);
          return pod;
        });
  }

  private void change(String name, UnaryOperator<ObjectNode> change) {
    resources.change(key(name), Part.MAIN, change, false);
  }

  void delete(String name) {
    var _ = resources.delete(key(name), new Deletion.Request(0L, null, null), false);
  }

  /** Something else in the cluster happens. */
  void noise(int number) {
    ObjectNode map =
        Json.mapper().createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", "noise-" + number).put("namespace", "default");
    resources.create(ResourceTypes.CONFIG_MAPS, "default", map, false);
  }

  List<ObjectNode> pods() {
    return store().list(ResourceTypes.PODS, null).objects();
  }

  private static Key key(String name) {
    return new Key(ResourceTypes.PODS, "default", name);
  }

  @Override
  public void close() {
    api.stop().toCompletionStage().toCompletableFuture().join();
  }
}
