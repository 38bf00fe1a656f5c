package dev.greenstick.sandbox.balancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.selector.LabelSelectors;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.vertx.core.net.NetSocket;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network plugin is to a cluster, as far as a service's connections go: while network
 * policies deny ingress to a pod, packets to it are dropped, so that new connections hang until
 * their client gives up and old ones fall silent; afterwards both go on, as TCP would. The
 * kubelet's probes get through, as they do in Kubernetes. A policy with any ingress rule is taken
 * to allow everything, and egress is not enforced.
 */
final class Isolation {

  private record Pair(NetSocket client, NetSocket pod) {}

  private final Map<NetSocket, Runnable> waiting = new HashMap<>();
  private final Map<NetSocket, String> addresses = new HashMap<>();
  private final Map<NetSocket, Pair> open = new HashMap<>();
  private Set<String> denied = Set.of();

  /** The addresses of the pods to which the policies allow no connection. */
  static Set<String> denied(Collection<ObjectNode> policies, Collection<ObjectNode> pods) {
    List<ObjectNode> ofIngress =
        policies.stream().filter(policy -> isOfIngress(policy.path("spec"))).toList();
    return pods.stream()
        .filter(
            pod -> {
              List<ObjectNode> mine =
                  ofIngress.stream().filter(policy -> selects(policy, pod)).toList();
              return !mine.isEmpty()
                  && mine.stream().allMatch(policy -> policy.at("/spec/ingress").isEmpty());
            })
        .map(pod -> pod.at("/status/podIP").asText())
        .filter(ip -> !ip.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isOfIngress(JsonNode spec) {
    return spec.path("policyTypes").isEmpty()
        || spec.path("policyTypes").valueStream().anyMatch(type -> type.asText().equals("Ingress"));
  }

  private static boolean selects(ObjectNode policy, ObjectNode pod) {
    LabelSelector selector =
        Json.MAPPER.convertValue(policy.at("/spec/podSelector"), LabelSelector.class);
    return Json.namespace(policy).equals(Json.namespace(pod))
        && (selector == null || LabelSelectors.of(selector).test(Json.labels(pod)));
  }

  /** From now on packets to these addresses are dropped, and to no others. */
  synchronized void isolate(Set<String> addressesNow) {
    if (denied.equals(addressesNow)) {
      return;
    }
    denied = addressesNow;
    open.forEach((client, pair) -> set(pair, denied.contains(addresses.get(client))));
    for (NetSocket client : new HashSet<>(waiting.keySet())) {
      if (!denied.contains(addresses.get(client))) {
        Runnable connect = waiting.remove(client);
        addresses.remove(client);
        connect.run();
      }
    }
  }

  /** Connects a client to an address, now or when it is open again. */
  synchronized void whenOpen(String address, NetSocket client, Runnable connect) {
    if (!denied.contains(address)) {
      connect.run();
      return;
    }
    waiting.put(client, connect);
    addresses.put(client, address);
    client.closeHandler(closed -> closed(address, client));
  }

  /** A client is connected. */
  synchronized void connected(String address, NetSocket client, NetSocket pod) {
    Pair pair = new Pair(client, pod);
    open.put(client, pair);
    addresses.put(client, address);
    if (denied.contains(address)) {
      set(pair, true);
    }
  }

  /** A client is gone. */
  synchronized void closed(String address, NetSocket client) {
    waiting.remove(client);
    open.remove(client);
    addresses.remove(client, address);
  }

  private static void set(Pair pair, boolean silent) {
    if (silent) {
      pair.client.pause();
      pair.pod.pause();
    } else {
      pair.client.resume();
      pair.pod.resume();
    }
  }
}
