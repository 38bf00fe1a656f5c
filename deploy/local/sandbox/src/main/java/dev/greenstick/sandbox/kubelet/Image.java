package dev.greenstick.sandbox.kubelet;

import java.util.List;
import java.util.Map;

/** What a container image stands for on this machine. */
public sealed interface Image {

  /**
   * A program to start.
   *
   * @param command with {@code $(NAME)} for variables of the container: {@code $(PORT)} is the port
   *     to listen on at 127.0.0.1, {@code $(POD_NAME)}, {@code $(POD_NAMESPACE)}, {@code
   *     $(POD_UID)} and the container's own. Its standard input is a pipe that ends with the
   *     sandbox. A container's own {@code command} takes its place.
   * @param environment variables that the image sets, {@code PATH} for example
   */
  record Program(List<String> command, Map<String, String> environment) implements Image {
    public Program {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    public Program(List<String> command) {
      this(command, Map.of());
    }
  }

  /** A container that runs and does nothing: no process is needed for that. */
  record Pause() implements Image {}
}
