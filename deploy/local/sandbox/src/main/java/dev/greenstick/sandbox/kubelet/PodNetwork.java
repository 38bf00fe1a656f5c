package dev.greenstick.sandbox.kubelet;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pods have addresses of their own that no packet can reach; here is the port of this machine that
 * stands behind each. Safe for use by several threads.
 */
public final class PodNetwork {

  private record Address(String ip, int port) {}

  private final Map<Address, Integer> ports = new ConcurrentHashMap<>();

  /** The port at 127.0.0.1 where a pod listens, empty when nothing does. */
  public OptionalInt port(String podIp, int containerPort) {
    Integer port = ports.get(new Address(podIp, containerPort));
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  void open(String podIp, int containerPort, int port) {
    ports.put(new Address(podIp, containerPort), port);
  }

  void close(String podIp, int containerPort) {
    ports.remove(new Address(podIp, containerPort));
  }
}
