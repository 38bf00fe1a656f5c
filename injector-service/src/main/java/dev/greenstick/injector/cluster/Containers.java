package dev.greenstick.injector.cluster;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.Pods.Written;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The containers of a cluster's pods: how they fare, and what can be run in or beside them. Blocks;
 * safe for many threads; throws {@link ClusterException} as {@link Pods} does.
 */
public interface Containers {

  /**
   * A pod's containers as its node last reported them; empty when the pod, with this UID, is gone.
   */
  Optional<PodContainers> look(PodRef pod);

  /**
   * Runs a command in a container and waits for its end. The API has no precondition for that: the
   * command itself must see to it that it runs where it was meant to.
   *
   * @param container of those that run
   */
  Ran run(PodRef pod, String container, List<String> command);

  /** What became of a command. */
  sealed interface Ran {

    /**
     * It ran.
     *
     * @param output what it printed, errors included
     */
    record Ended(int exitCode, String output) implements Ran {}

    /** It could not be started: the container ends, or has no such program. */
    record NotStarted(String why) implements Ran {}
  }

  /**
   * Adds an ephemeral container, which stays a part of the pod. Nothing happens when the pod has
   * this one already.
   */
  Written add(PodRef pod, Tool tool);

  /**
   * An ephemeral container that may trace the processes of another one.
   *
   * @param name unique in the pod
   * @param image what it runs
   * @param target the container whose processes it sees
   * @param command what it does
   */
  record Tool(String name, String image, String target, List<String> command) {

    public Tool {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(image, "image");
      Objects.requireNonNull(target, "target");
      command = List.copyOf(command);
    }
  }
}
