package dev.greenstick.sandbox.kubelet;

import java.time.Duration;

/**
 * How long a node takes for what it does.
 *
 * @param sync from a change of the pod until the kubelet acts on it
 * @param start from the decision to run a container until its process starts
 * @param backOff before the second restart of a container or the second pull; doubles each time
 * @param longestBackOff at which it stops doubling
 */
public record KubeletDelays(
    Duration sync, Duration start, Duration backOff, Duration longestBackOff) {

  /** As measured on a real cluster. */
  public static final KubeletDelays REAL =
      new KubeletDelays(
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));
}
