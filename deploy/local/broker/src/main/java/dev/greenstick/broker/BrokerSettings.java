package dev.greenstick.broker;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a broker is started.
 *
 * @param directory where it keeps its data, created when it is not there; empty for a directory of
 *     its own that goes when the broker is closed
 * @param port the port of its listener on the loopback interface, 0 for any free one
 * @param jvmOptions the options of its JVM
 * @param classPath its class path: this module and what it depends on
 * @param leastFreeBytes the space that must be free for it to start
 * @param patience how long it may take until it answers
 */
public record BrokerSettings(
    Optional<Path> directory,
    int port,
    List<String> jvmOptions,
    String classPath,
    long leastFreeBytes,
    Duration patience) {
  /**
   * Options for a quick start and little memory; they cost peak speed, so a benchmark brings its
   * own.
   */
  public static final List<String> SMALL =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms64m",
          "-Xmx256m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  static final long LEAST_FREE_BYTES = 256L << 20;

  public BrokerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
    }
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** A broker on any free port with a directory of its own, from the class path of this JVM. */
  public static BrokerSettings temporary() {
    return new BrokerSettings(
        Optional.empty(),
        0,
        SMALL,
        System.getProperty("java.class.path"),
        LEAST_FREE_BYTES,
        Duration.ofMinutes(1));
  }

  /** The same, keeping its data in a directory that stays. */
  public BrokerSettings in(Path directory) {
    return new BrokerSettings(
        Optional.of(directory), port, jvmOptions, classPath, leastFreeBytes, patience);
  }

  /** The same, on a port of the loopback interface. */
  public BrokerSettings on(int port) {
    return new BrokerSettings(directory, port, jvmOptions, classPath, leastFreeBytes, patience);
  }

  /** The same, with other options of its JVM. */
  public BrokerSettings with(List<String> jvmOptions) {
    return new BrokerSettings(directory, port, jvmOptions, classPath, leastFreeBytes, patience);
  }

  /** The same, from what {@code package} leaves of this module in its {@code target} directory. */
  public BrokerSettings packagedIn(Path target) {
    var classPath = target.resolve("*") + File.pathSeparator + target.resolve("lib").resolve("*");
    return new BrokerSettings(directory, port, jvmOptions, classPath, leastFreeBytes, patience);
  }

  BrokerSettings needing(long leastFreeBytes) {
    return new BrokerSettings(directory, port, jvmOptions, classPath, leastFreeBytes, patience);
  }

  BrokerSettings waiting(Duration patience) {
    return new BrokerSettings(directory, port, jvmOptions, classPath, leastFreeBytes, patience);
  }
}
