package dev.greenstick.sandbox.api;

import java.nio.file.Path;
import java.util.Optional;

/** Where the kubelet keeps what containers print. */
@FunctionalInterface
public interface ContainerLogs {

  /**
   * The file of a container's latest run, or of the one before it; each line begins with an RFC
   * 3339 time and a space.
   *
   * @return empty when the container has not run
   */
  Optional<Path> file(String podUid, String container, boolean previous);
}
