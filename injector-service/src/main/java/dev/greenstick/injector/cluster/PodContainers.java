package dev.greenstick.injector.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The containers of one pod as its node last reported them.
 *
 * @param terminating whether the pod is being deleted
 * @param sharesProcesses whether they see each other's processes, so that none of them is PID 1
 * @param containers the containers of the spec by name, init containers aside
 * @param tools the ephemeral containers by name
 */
public record PodContainers(
    boolean terminating,
    boolean sharesProcesses,
    Map<String, Container> containers,
    Map<String, Container> tools) {

  public PodContainers {
    containers = Map.copyOf(containers);
    tools = Map.copyOf(tools);
  }

  /**
   * One container.
   *
   * @param id of its latest run; empty before the first
   * @param runningSince when its latest run began, in whole seconds; null when it does not run
   * @param ended exit code by id, of the latest run and the one before where they have ended
   * @param waitingFor reason and message of its waiting; empty when it does not wait
   * @param said what it left as its termination message; empty when nothing
   */
  public record Container(
      String id, Instant runningSince, Map<String, Integer> ended, String waitingFor, String said) {

    public Container {
      Objects.requireNonNull(id, "id");
      ended = Map.copyOf(ended);
      Objects.requireNonNull(waitingFor, "waitingFor");
      Objects.requireNonNull(said, "said");
    }
  }
}
