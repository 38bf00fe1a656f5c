package dev.greenstick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.access.Credentials;
import dev.greenstick.sandbox.access.Kubeconfig;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.access.Tokens;
import dev.greenstick.sandbox.api.ApiServer;
import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.balancer.ServiceBalancer;
import dev.greenstick.sandbox.controller.ControlLoop;
import dev.greenstick.sandbox.controller.Controllers;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.kubelet.Kubelet;
import dev.greenstick.sandbox.kubelet.PodNetwork;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A cluster on this machine that speaks Kubernetes' API: an API server, controllers, nodes whose
 * pods are processes, and services that are ports.
 */
public final class Sandbox implements AutoCloseable {

  private static final long SECONDS_TO_START = 30;
  private static final long SECONDS_TO_STOP = 5;

  private final SandboxSettings settings;
  private final Store store;
  private final Resources resources;
  private final Tokens tokens = new Tokens();
  private final Vertx vertx;
  private final ScheduledExecutorService thread;
  private final ExecutorService blocking;
  private final Credentials credentials;
  private final Kubelet kubelet;
  private final ApiServer api;
  private final ServiceBalancer balancer;
  private final List<AutoCloseable> loops = new ArrayList<>();
  private final EventRecorder events;
  private int apiPort;

  /**
   * @throws IOException when the work directory cannot be written or no shell can be started
   */
  public Sandbox(SandboxSettings settings) throws IOException {
    this.settings = settings;
    Files.createDirectories(settings.directory());
    this.store = new Store(settings.historyLimit());
    this.resources = new Resources(store, settings.clock(), settings.random());
    this.events = new EventRecorder(resources, settings.clock());
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox").factory());
    this.blocking =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());
    this.credentials = Credentials.create(settings.clock().instant());
    PodNetwork network = new PodNetwork();
    this.kubelet =
        new Kubelet(
            resources,
            events,
            settings.clock(),
            settings.random(),
            thread,
            blocking,
            settings.images(),
            settings.kubelet(),
            network,
            settings.directory().resolve("pods"),
            settings.isolated());
    this.api =
        new ApiServer(
            vertx,
            resources,
            tokens,
            new Roles(store),
            kubelet::log,
            kubelet.commands(),
            settings.clock());
    this.balancer = new ServiceBalancer(vertx, resources, network, settings.balancing());
  }

  /**
   * Starts everything; returns once the API answers.
   *
   * @throws IOException when the port is taken or a manifest cannot be read
   */
  public void start() throws IOException {
    List<String> namespaces =
        new ArrayList<>(List.of("default", "kube-system", "kube-public", "kube-node-lease"));
    namespaces.addAll(settings.namespaces());
    namespaces.forEach(this::namespace);
    SystemRoles.create(resources);
    Manifests.create(resources, Manifests.read(settings.manifests()));
    settings.serviceAccounts().forEach(this::serviceAccount);
    loops.add(
        new Controllers(
            resources,
            events,
            settings.clock(),
            thread,
            settings.endpointsDelay(),
            settings.nodes(),
            credentials.certificate()));
    kubelet.start();
    loops.add(
        new ControlLoop(
            store,
            thread,
            settings.balancerDelay(),
            Set.of(
                ResourceTypes.SERVICES,
                ResourceTypes.ENDPOINT_SLICES,
                ResourceTypes.NETWORK_POLICIES,
                ResourceTypes.PODS),
            balancer));
    try {
      apiPort =
          api.start(settings.apiPort(), credentials)
              .toCompletionStage()
              .toCompletableFuture()
              .get(SECONDS_TO_START, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "the sandbox's API server cannot listen on 127.0.0.1:%d: %s"
              .formatted(settings.apiPort(), e.getCause() == null ? e : e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the sandbox started", e);
    }
  }

  /** Whether this machine lets a sandbox be {@link SandboxSettings#withIsolation() isolated}. */
  public static boolean canIsolate() {
    return Kubelet.canIsolate();
  }

  /** Where the API answers. */
  public URI apiUrl() {
    return URI.create("https://127.0.0.1:" + apiPort);
  }

  /** The cluster's resources, for whoever lives in the same process. */
  public Resources resources() {
    return resources;
  }

  /** Writes a kubeconfig for the one who may do everything. */
  public Path adminKubeconfig() throws IOException {
    return write("admin", Subject.ADMIN, "default");
  }

  /** Writes a kubeconfig for a service account, which may do what the roles say. */
  public Path kubeconfig(ServiceAccountName account) throws IOException {
    serviceAccount(account);
    return write(account.name(), Subject.of(account), account.namespace());
  }

  private Path write(String name, Subject subject, String namespace) throws IOException {
    return Kubeconfig.write(
        settings.directory().resolve(name + ".kubeconfig").toAbsolutePath(),
        apiUrl().toString(),
        credentials.certificate(),
        name,
        tokens.issue(subject),
        namespace);
  }

  /**
   * Where a service can be reached; waits until it listens.
   *
   * @throws IllegalStateException when it does not within half a minute
   */
  public URI serviceUrl(String namespace, String name) {
    CompletableFuture<String> found = new CompletableFuture<>();
    try (Store.Subscription watching =
        store.watch(
            store.version(),
            change -> {
              if (change.key().type().equals(ResourceTypes.SERVICES) && !change.deleted()) {
                url(change.after(), namespace, name, found);
              }
            })) {
      resources
          .get(ResourceTypes.SERVICES, namespace, name)
          .ifPresent(service -> url(service, namespace, name, found));
      return URI.create(found.get(SECONDS_TO_START, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "service %s/%s %s".formatted(namespace, name, e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "service %s/%s does not exist or has no port".formatted(namespace, name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for service " + name, e);
    }
  }

  private static void url(
      ObjectNode service, String namespace, String name, CompletableFuture<String> found) {
    if (!Json.namespace(service).equals(namespace) || !Json.name(service).equals(name)) {
      return;
    }
    JsonNode annotations = service.path("metadata").path("annotations");
    if (annotations.has(ServiceBalancer.PROBLEM_ANNOTATION)) {
      found.completeExceptionally(
          new IOException(annotations.get(ServiceBalancer.PROBLEM_ANNOTATION).asText()));
    } else if (annotations.has(ServiceBalancer.URL_ANNOTATION)) {
      found.complete(annotations.get(ServiceBalancer.URL_ANNOTATION).asText());
    }
  }

  /** Forgets all history, so that watches of the past are expired. */
  public void compact() {
    store.compact();
  }

  /** From now on requests are interfered with like this. */
  public void interfere(Interference next) {
    api.interfere(next);
  }

  /**
   * Breaks the connection of every watch.
   *
   * @return how many there were
   */
  public int dropWatches() {
    return api.dropWatches().toCompletionStage().toCompletableFuture().join();
  }

  /**
   * Sends a bookmark to every watch that wants them.
   *
   * @return how many watches there are
   */
  public int bookmarkWatches() {
    return api.bookmarkWatches().toCompletionStage().toCompletableFuture().join();
  }

  private void namespace(String name) {
    if (resources.get(ResourceTypes.NAMESPACES, "", name).isEmpty()) {
      ObjectNode namespace =
          Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
      namespace.putObject("metadata").put("name", name);
      resources.create(ResourceTypes.NAMESPACES, "", namespace, false);
    }
  }

  private void serviceAccount(ServiceAccountName account) {
    namespace(account.namespace());
    if (resources
        .get(ResourceTypes.SERVICE_ACCOUNTS, account.namespace(), account.name())
        .isEmpty()) {
      ObjectNode object =
          Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "ServiceAccount");
      object.putObject("metadata").put("name", account.name());
      resources.create(ResourceTypes.SERVICE_ACCOUNTS, account.namespace(), object, false);
    }
  }

  /** Stops everything; no process and no port is left when it returns. */
  @Override
  public void close() {
    try {
      for (AutoCloseable loop : loops) {
        loop.close();
      }
      thread.shutdownNow();
      if (!thread.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a controller does not stop");
      }
      kubelet.close();
      balancer
          .stop()
          .eventually(api::stop)
          .eventually(() -> vertx.close())
          .toCompletionStage()
          .toCompletableFuture()
          .get(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the sandbox did not stop in order", e);
    } finally {
      blocking.shutdownNow();
    }
  }
}
