package dev.greenstick.command.parts;

import dev.greenstick.command.outcome.CouldNotRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Ports on the loopback interface. */
public final class Ports {

  // Below the ports that operating systems give to outgoing connections, so that none of those
  // takes one between its choice and its use.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int MOST_TRIES = 1_000;

  private final RandomGenerator random;
  private final Map<PartName, Integer> wanted;
  private final Set<Integer> given;

  /**
   * @param wanted the ports that the user chose
   * @throws CouldNotRun when one of them is in use
   */
  public Ports(Map<PartName, Integer> wanted, RandomGenerator random) throws CouldNotRun {
    this.random = random;
    this.wanted = wanted.isEmpty() ? Map.of() : new EnumMap<>(wanted);
    this.given = new HashSet<>(wanted.values());
    for (Map.Entry<PartName, Integer> port : wanted.entrySet()) {
      if (!isFree(port.getValue())) {
        throw new CouldNotRun(
            "Port "
                + port.getValue()
                + ", asked for with --port "
                + port.getKey().word()
                + "="
                + port.getValue()
                + ", is in use: free it or choose another");
      }
    }
  }

  /**
   * The port for a part: the user's, else a free one.
   *
   * @throws CouldNotRun when none is free
   */
  public int of(PartName part) throws CouldNotRun {
    Integer chosen = wanted.get(part);
    return chosen == null ? anyFree() : chosen;
  }

  /**
   * A free one.
   *
   * @throws CouldNotRun when none is free
   */
  public int anyFree() throws CouldNotRun {
    for (int i = 0; i < MOST_TRIES; i++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (isFree(port) && given.add(port)) {
        return port;
      }
    }
    throw new CouldNotRun("No free port was found between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
