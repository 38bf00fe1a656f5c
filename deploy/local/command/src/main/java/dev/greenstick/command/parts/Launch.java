package dev.greenstick.command.parts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a part's process is started.
 *
 * @param part the part
 * @param java the java to run
 * @param arguments its arguments, from JVM options to the program's own
 * @param environment what is added to the environment
 * @param logs files that it logs to, besides its output
 */
public record Launch(
    PartName part,
    Path java,
    List<String> arguments,
    Map<String, String> environment,
    List<Path> logs) {

  /** Serial and C1: half the memory and the start of a service, and fast enough for one model. */
  private static final List<String> SMALL =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  // Ctrl-C reaches every process of the terminal. The launcher alone decides what it means, so that
  // a fault is taken back while the others still run.
  private static final String SHIELD = "trap '' INT HUP; exec \"$@\"";

  public Launch {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    logs = List.copyOf(logs);
  }

  Launch(PartName part, Path java, List<String> arguments, Map<String, String> environment) {
    this(part, java, arguments, environment, List.of());
  }

  static List<String> small(String heap, Path temporary) {
    List<String> options = new ArrayList<>(SMALL);
    options.add("-Xmx" + heap);
    options.add("-Djava.io.tmpdir=" + temporary);
    return options;
  }

  List<String> command() {
    List<String> command = new ArrayList<>(List.of("sh", "-c", SHIELD, "sh", java.toString()));
    command.addAll(arguments);
    return command;
  }
}
