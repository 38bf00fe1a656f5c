package dev.greenstick.sandbox.balancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.kubelet.PodNetwork;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What kube-proxy is to a cluster: each port of each service listens at 127.0.0.1, and each
 * connection goes to one of the endpoints that were ready when it came. A connection is not retried
 * elsewhere and not moved: what a client meets while endpoints lag behind the pods is what it meets
 * in a real cluster.
 */
public final class ServiceBalancer implements Runnable {

  /** Annotation of a service: the port to listen on; any free one when it is not there. */
  public static final String PORT_ANNOTATION = "sandbox.greenstick.dev/port";

  /** Annotation that the sandbox sets on a service: where it can be reached. */
  public static final String URL_ANNOTATION = "sandbox.greenstick.dev/url";

  /** Annotation that the sandbox sets on a service that cannot be reached: why. */
  public static final String PROBLEM_ANNOTATION = "sandbox.greenstick.dev/problem";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceBalancer.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private final Vertx vertx;
  private final Resources resources;
  private final PodNetwork network;
  private final Balancing balancing;
  private final NetClient client;
  private final Map<ServicePort, NetServer> servers = new ConcurrentHashMap<>();
  private final Map<ServicePort, List<Backend>> backends = new ConcurrentHashMap<>();
  private final Isolation isolation = new Isolation();

  private record ServicePort(String namespace, String service, String port) {}

  private record Backend(String ip, int port) {}

  public ServiceBalancer(
      Vertx vertx, Resources resources, PodNetwork network, Balancing balancing) {
    this.vertx = vertx;
    this.resources = resources;
    this.network = network;
    this.balancing = balancing;
    this.client =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setTcpNoDelay(true));
  }

  /** Takes over the services and endpoints as they are now. */
  @Override
  public void run() {
    isolation.isolate(
        Isolation.denied(
            resources.store().list(ResourceTypes.NETWORK_POLICIES, null).objects(),
            resources.store().list(ResourceTypes.PODS, null).objects()));
    Set<ServicePort> wanted = new HashSet<>();
    for (ObjectNode service : resources.store().list(ResourceTypes.SERVICES, null).objects()) {
      boolean first = true;
      for (JsonNode port : service.path("spec").path("ports")) {
        ServicePort key =
            new ServicePort(
                Json.namespace(service), Json.name(service), port.path("name").asText(""));
        wanted.add(key);
        backends.put(key, ready(key));
        if (!servers.containsKey(key)) {
          listen(key, service, first);
        }
        first = false;
      }
    }
    for (ServicePort key : List.copyOf(servers.keySet())) {
      if (!wanted.contains(key)) {
        var _ = servers.remove(key).close();
        backends.remove(key);
      }
    }
  }

  private List<Backend> ready(ServicePort key) {
    List<Backend> found = new ArrayList<>();
    for (ObjectNode slice :
        resources.store().list(ResourceTypes.ENDPOINT_SLICES, key.namespace()).objects()) {
      if (!key.service().equals(Json.labels(slice).get("kubernetes.io/service-name"))) {
        continue;
      }
      for (JsonNode port : slice.path("ports")) {
        if (!port.path("name").asText("").equals(key.port())) {
          continue;
        }
        for (JsonNode endpoint : slice.path("endpoints")) {
          if (endpoint.path("conditions").path("ready").asBoolean(true)) {
            found.add(
                new Backend(
                    endpoint.path("addresses").path(0).asText(), port.path("port").asInt()));
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private void listen(ServicePort key, ObjectNode service, boolean first) {
    int asked =
        first ? service.path("metadata").path("annotations").path(PORT_ANNOTATION).asInt(0) : 0;
    NetServer server =
        vertx.createNetServer(
            new NetServerOptions()
                .setHost("127.0.0.1")
                .setPort(asked)
                .setTcpNoDelay(true)
                .setAcceptBacklog(1_024));
    servers.put(key, server);
    server
        .connectHandler(socket -> connect(key, socket))
        .listen()
        .onSuccess(
            listening -> {
              if (first) {
                publish(service, URL_ANNOTATION, "http://127.0.0.1:" + listening.actualPort());
              }
            })
        .onFailure(
            failure -> {
              servers.remove(key);
              publish(
                  service,
                  PROBLEM_ANNOTATION,
                  "cannot listen on 127.0.0.1:%d: %s".formatted(asked, failure.getMessage()));
            });
  }

  private void publish(ObjectNode service, String annotation, String value) {
    try {
      resources.change(
          Key.of(ResourceTypes.SERVICES, service),
          Part.MAIN,
          current -> {
            current
                .withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(annotation, value);
            return current;
          },
          false);
    } catch (Refusal gone) {
      LOG.debug("service {} is gone: {}", Json.name(service), gone.getMessage());
    }
  }

  private void connect(ServicePort key, NetSocket socket) {
    socket.pause();
    List<Backend> choices = backends.getOrDefault(key, List.of());
    if (choices.isEmpty()) {
      refuse(socket);
      return;
    }
    Backend backend = balancing.choose(choices);
    isolation.whenOpen(backend.ip(), socket, () -> connect(backend, socket));
  }

  private void connect(Backend backend, NetSocket socket) {
    OptionalInt port = network.port(backend.ip(), backend.port());
    if (port.isEmpty()) {
      refuse(socket);
      return;
    }
    client
        .connect(port.getAsInt(), "127.0.0.1")
        .onSuccess(
            pod -> {
              socket.closeHandler(
                  closed -> {
                    isolation.closed(backend.ip(), socket);
                    pod.close();
                  });
              pod.closeHandler(closed -> socket.close());
              var _ = socket.pipeTo(pod);
              var _ = pod.pipeTo(socket);
              isolation.connected(backend.ip(), socket, pod);
            })
        .onFailure(refused -> refuse(socket));
  }

  /** Nobody is there: the client sees its connection reset, as near as can be to refused. */
  private static void refuse(NetSocket socket) {
    var connection = (io.vertx.core.net.impl.ConnectionBase) socket;
    connection
        .channelHandlerContext()
        .channel()
        .config()
        .setOption(io.netty.channel.ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  /** Stops listening on all ports. */
  public Future<Void> stop() {
    List<Future<Void>> closing = new ArrayList<>();
    servers.values().forEach(server -> closing.add(server.close()));
    servers.clear();
    closing.add(client.close());
    return Future.join(closing).mapEmpty();
  }
}
