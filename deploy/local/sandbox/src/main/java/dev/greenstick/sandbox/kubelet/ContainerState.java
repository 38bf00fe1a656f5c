package dev.greenstick.sandbox.kubelet;

import java.time.Instant;
import java.util.Optional;

/** What a container is doing. */
sealed interface ContainerState {

  /** Not running, with the reason as kubectl shows it: {@code ContainerCreating} and its like. */
  record Waiting(String reason, String message) implements ContainerState {}

  /**
   * Running.
   *
   * @param process empty for an image that needs none
   * @param image that it was started from
   */
  record Running(Optional<ContainerProcess> process, String image, Instant since)
      implements ContainerState {}

  /**
   * Ended.
   *
   * @param run which of the container's runs it was, from 1
   */
  record Terminated(int exitCode, String image, Instant since, Instant at, int run)
      implements ContainerState {

    String reason() {
      return exitCode == 0 ? "Completed" : "Error";
    }
  }
}
