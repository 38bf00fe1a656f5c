package dev.greenstick.injector.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.kubernetes.TestCluster;
import dev.greenstick.sandbox.Manifests;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.access.Tokens;
import dev.greenstick.sandbox.api.ApiServer;
import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.controller.Controllers;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import dev.greenstick.sandbox.kubelet.Kubelet;
import dev.greenstick.sandbox.kubelet.KubeletDelays;
import dev.greenstick.sandbox.kubelet.PodNetwork;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Change;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sandbox's API server, controllers and kubelet as they are, under the roles that ship; but
 * their clock stands still until it is moved, and what they do they do on the thread that moves it.
 * Requests come over HTTP.
 */
final class ApiCluster implements AutoCloseable {

  static final String IMAGE = "model:1";

  private static final Vertx VERTX = Vertx.vertx();
  private static final ExecutorService BLOCKING = Executors.newVirtualThreadPerTaskExecutor();
  private static final List<ObjectNode> ROLES = roles();
  private static final ServiceAccountName INJECTOR =
      new ServiceAccountName("greenstick", "greenstick-injector");

  private final StoppedTime time;
  private final Resources resources;
  private final Controllers controllers;
  private final Kubelet kubelet;
  private final ApiServer api;
  private final KubernetesClient client;
  private final List<PodRef> ended = Collections.synchronizedList(new ArrayList<>());
  private final Thread cluster = Thread.currentThread();

  /**
   * A cluster with a Deployment {@code default/model} whose pods run.
   *
   * @param start what time it is
   */
  ApiCluster(Instant start, Random random, int nodes, int replicas) {
    Instant before = start.minusSeconds(60);
    this.time = new StoppedTime(before);
    Store store = new Store(10_000);
    this.resources = new Resources(store, time, random);
    EventRecorder events = new EventRecorder(resources, time);
    Tokens tokens = new Tokens();
    List.of("default", "greenstick", "kube-system", "kube-public", "kube-node-lease")
        .forEach(this::namespace);
    Manifests.create(resources, ROLES);
    this.controllers =
        new Controllers(
            resources,
            events,
            time,
            time,
            java.time.Duration.ofMillis(150),
            nodes,
            "no certificate: requests are not encrypted");
    try {
      this.kubelet =
          new Kubelet(
              resources,
              events,
              time,
              random,
              time,
              BLOCKING,
              Images.pauseOnly()
                  .with(IMAGE, new Image.Pause())
                  .with(World.PAUSE, new Image.Pause()),
              KubeletDelays.REAL,
              new PodNetwork(),
              Files.createTempDirectory(Path.of("target"), "kubelet"),
              false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kubelet.start();
    this.api =
        new ApiServer(
            VERTX, resources, tokens, new Roles(store), kubelet::log, kubelet.commands(), time);
    int port = api.startUnencrypted(0).toCompletionStage().toCompletableFuture().join();
    this.client = client(port, tokens.issue(Subject.of(INJECTOR)));
    deployment(replicas);
    time.moveTo(start);
    store.watch(store.version(), this::observe);
  }

  private static List<ObjectNode> roles() {
    try {
      return Manifests.read(List.of(TestCluster.manifests()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KubernetesClient client(int port, String token) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl("http://127.0.0.1:" + port)
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build())
        .withHttpClientFactory(new VertxHttpClientFactory(VERTX))
        .build();
  }

  private void namespace(String name) {
    ObjectNode namespace =
        Json.mapper().createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    resources.create(ResourceTypes.NAMESPACES, "", namespace, false);
  }

  private void deployment(int replicas) {
    Map<String, String> labels = Map.of("app", "model");
    Map<String, Object> pod =
        Map.of(
            "metadata",
            Map.of("labels", labels),
            "spec",
            Map.of(
                "containers",
                List.of(
                    Map.of("name", "server", "image", IMAGE),
                    Map.of("name", "sidecar", "image", IMAGE))));
    create(
        ResourceTypes.DEPLOYMENTS,
        "model",
        Map.of("replicas", replicas, "selector", Map.of("matchLabels", labels), "template", pod));
  }

  /** From now on evictions leave so many of the model's pods. */
  void budget(int available) {
    create(
        ResourceTypes.DISRUPTION_BUDGETS,
        "model",
        Map.of(
            "minAvailable", available, "selector", Map.of("matchLabels", Map.of("app", "model"))));
  }

  private void create(ResourceType type, String name, Map<String, Object> spec) {
    ObjectNode object =
        Json.mapper()
            .createObjectNode()
            .put("apiVersion", type.apiVersion())
            .put("kind", type.kind());
    object.putObject("metadata").put("name", name).put("namespace", "default");
    object.set("spec", Json.mapper().valueToTree(spec));
    resources.create(type, "default", object, false);
  }

  /** A client with the injector's rights, that repeats nothing by itself. */
  KubernetesClient client() {
    return client;
  }

  StoppedTime time() {
    return time;
  }

  void interfere(Interference interference) {
    api.interfere(interference);
  }

  /** Pods change on the server's thread when a client's request ends them, on ours otherwise. */
  private void observe(Change change) {
    if (!change.key().type().equals(ResourceTypes.PODS)
        || change.created()
        || Thread.currentThread().equals(cluster)) {
      return;
    }
    boolean before = terminating(change.before());
    boolean after = change.deleted() || terminating(change.after());
    if (after && !before) {
      ended.add(ref(change.before()));
    }
  }

  /** The pods that a client's request has ended, in order. */
  List<PodRef> ended() {
    return List.copyOf(ended);
  }

  /** The model's pods that are not on their way out. */
  List<PodRef> pods() {
    return all(ResourceTypes.PODS).stream()
        .filter(pod -> !terminating(pod))
        .map(ApiCluster::ref)
        .toList();
  }

  List<ObjectNode> all(ResourceType type) {
    return resources.store().list(type, null).objects();
  }

  /** Somebody else writes to the object: its version changes, and nothing that matters. */
  void touch(ResourceType type, String namespace, String name) {
    try {
      resources.change(
          new Key(type, namespace, name),
          Part.MAIN,
          object -> {
            object
                .withObject("/metadata")
                .withObject("/annotations")
                .put("touched", resources.store().version());
            return object;
          },
          false);
    } catch (Refusal gone) {
      if (gone.code() != 404) {
        throw gone;
      }
    }
  }

  /** Somebody else deletes the pod; its ReplicaSet will make another. */
  void delete(PodRef pod) {
    try {
      var _ =
          resources.delete(
              new Key(ResourceTypes.PODS, pod.namespace(), pod.name()),
              new Deletion.Request(0L, pod.uid(), null),
              false);
    } catch (Refusal gone) {
      if (gone.code() != 404) {
        throw gone;
      }
    }
  }

  private static boolean terminating(ObjectNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  private static PodRef ref(ObjectNode pod) {
    return new PodRef(
        pod.at("/metadata/namespace").asText(),
        pod.at("/metadata/name").asText(),
        pod.at("/metadata/uid").asText());
  }

  @Override
  public void close() {
    client.close();
    controllers.close();
    time.shutdown();
    kubelet.close();
    api.stop().toCompletionStage().toCompletableFuture().join();
  }
}
