package dev.greenstick.probe;

import dev.greenstick.contracts.Examples;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A place for a broker, and none in it: the test starts and stops it. */
public final class BrokerPlace implements QuarkusTestResourceLifecycleManager {

  /** Setting that names the directory for the broker. */
  static final String DIRECTORY = "test.broker-directory";

  @Override
  public Map<String, String> start() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Map.of(
          "kafka.bootstrap.servers",
          "127.0.0.1:" + socket.getLocalPort(),
          DIRECTORY,
          Files.createTempDirectory(Path.of("target"), "broker").toAbsolutePath().toString(),
          "greenstick.cluster",
          Examples.CLUSTER.value());
    } catch (IOException e) {
      throw new UncheckedIOException("there is no place for a broker", e);
    }
  }

  @Override
  public void stop() {
    // The test stops the broker.
  }
}
