package dev.greenstick.command.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which cluster the experiment runs on. */
public sealed interface Where {

  /** A sandbox cluster of its own, with so many replicas of the model. */
  record Sandbox(int replicas) implements Where {}

  /**
   * A cluster and a model that exist already.
   *
   * @param kubeconfig how the agents reach the cluster
   * @param namespace the one namespace whose pods may be touched
   * @param target the model server's base URL, as this machine reaches it
   * @param model the model's name on the server
   * @param requests a file with what is asked and what is right; without it the model's metadata
   *     say what can be asked, and correctness is not judged
   */
  record Existing(
      Path kubeconfig, String namespace, URI target, String model, Optional<Path> requests)
      implements Where {}
}
