package dev.greenstick.sandbox.kubelet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Finds free ports below those that the system gives to outgoing connections, so that a port stays
 * free between being chosen and being listened on.
 */
final class Ports {

  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;

  private int next;

  Ports(RandomGenerator random) {
    next = random.nextInt(COUNT);
  }

  /**
   * @throws IllegalStateException when none is free
   */
  int free() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + next;
      next = (next + 1) % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port is free between %d and %d".formatted(FIRST, FIRST + COUNT));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
