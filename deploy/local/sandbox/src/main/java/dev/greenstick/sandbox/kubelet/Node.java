package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What all pods of the sandbox's nodes share. */
record Node(
    Resources resources,
    EventRecorder events,
    InstantSource clock,
    ScheduledExecutorService thread,
    Images images,
    KubeletDelays delays,
    PodNetwork network,
    Ports ports,
    Guard guard,
    Prober prober,
    Path directory,
    Map<String, String> environment,
    Optional<ProcessSpaces> spaces) {

  /** Where a pod's logs are. */
  Path directoryOf(ObjectNode pod) {
    return directory.resolve(
        "%s_%s_%s".formatted(Json.namespace(pod), Json.name(pod), Json.uid(pod)));
  }

  /** Runs something on the kubelet's thread, later; not at all once the kubelet is closed. */
  void later(Duration delay, Runnable action) {
    try {
      var _ = thread.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // Nothing is to be done any more.
      return;
    }
  }

  /** Runs something on the kubelet's thread; not at all once the kubelet is closed. */
  void soon(Runnable action) {
    later(Duration.ZERO, action);
  }
}
