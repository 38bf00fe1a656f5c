package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings one pod's containers to what its spec says, and reports. Lives on the kubelet's thread, as
 * do all callbacks that it hands out.
 */
final class PodWorker {

  private static final Duration KILL_AFTER_FORCED_DELETE = Duration.ofSeconds(1);

  private final Node node;
  private final Key key;
  private final String uid;
  private final String podIp;
  private final String hostIp;
  private final Instant startTime;
  private final List<Container> inits = new ArrayList<>();
  private final List<Container> containers = new ArrayList<>();
  private final List<Container> ephemerals = new ArrayList<>();
  private final PodSpace space;
  private final ContainerRunner runner;
  private final Runnable onGone;
  private ObjectNode pod;
  private boolean terminating;
  private boolean removed;
  private boolean gone;

  /**
   * @param onGone told once, when no process of the pod is left and the API server forgot it
   */
  PodWorker(Node node, ObjectNode pod, String podIp, String hostIp, Runnable onGone) {
    this.node = node;
    this.key = Key.of(ResourceTypes.PODS, pod);
    this.uid = Json.uid(pod);
    this.pod = pod;
    this.podIp = podIp;
    this.hostIp = hostIp;
    this.startTime = node.clock().instant();
    this.onGone = onGone;
    pod.path("spec")
        .path("initContainers")
        .forEach(spec -> inits.add(new Container(spec, Container.Kind.INIT)));
    pod.path("spec")
        .path("containers")
        .forEach(spec -> containers.add(new Container(spec, Container.Kind.MAIN)));
    this.space = new PodSpace(node, pod, this::process);
    EventRecorder.Source source =
        new EventRecorder.Source("kubelet", pod.path("spec").path("nodeName").asText());
    this.runner = new ContainerRunner(node, source, podIp, this::pod, space, this::changed);
  }

  private ObjectNode pod() {
    return pod;
  }

  String podIp() {
    return podIp;
  }

  Optional<Path> log(String container, boolean previous) {
    return find(container).flatMap(each -> previous ? each.previousLog : each.log);
  }

  private Optional<Container> find(String container) {
    return all().stream().filter(each -> each.name.equals(container)).findFirst();
  }

  /** The process of a container; empty when none of that name runs one. */
  Optional<ContainerProcess> process(String container) {
    return find(container)
        .map(each -> each.state)
        .filter(ContainerState.Running.class::isInstance)
        .flatMap(state -> ((ContainerState.Running) state).process());
  }

  /** Whether a container of that name runs, with a process or without. */
  boolean runs(String container) {
    return find(container).filter(Container::running).isPresent();
  }

  /** The pod's spec or metadata changed. */
  void update(ObjectNode latest) {
    pod = latest;
    for (JsonNode spec : latest.path("spec").path("ephemeralContainers")) {
      if (find(spec.path("name").asText()).isEmpty()) {
        ephemerals.add(new Container(spec, Container.Kind.EPHEMERAL));
      }
    }
    all().forEach(container -> container.spec = spec(latest, container));
    if (Json.terminating(latest)) {
      long grace = latest.path("metadata").path("deletionGracePeriodSeconds").asLong();
      terminate(Duration.ofSeconds(grace));
    } else {
      step();
    }
  }

  /** The API server no longer has the pod: its processes get little time. */
  void removed() {
    removed = true;
    terminate(KILL_AFTER_FORCED_DELETE);
  }

  private static JsonNode spec(ObjectNode pod, Container container) {
    for (JsonNode spec : pod.path("spec").path(container.list())) {
      if (spec.path("name").asText().equals(container.name)) {
        return spec;
      }
    }
    return container.spec;
  }

  /** Starts and restarts what is to run now. */
  void step() {
    if (terminating) {
      return;
    }
    String policy = pod.path("spec").path("restartPolicy").asText("Always");
    boolean initialized = true;
    for (Container init : inits) {
      if (!init.succeeded()) {
        initialized = false;
        runner.ensure(init, policy.equals("Never") ? "Never" : "OnFailure");
        break;
      }
    }
    if (initialized) {
      containers.forEach(container -> runner.ensure(container, policy));
      ephemerals.forEach(container -> runner.ensure(container, "Never"));
    }
    report();
  }

  private void changed(Container container) {
    if (terminating) {
      finishWhenStopped();
    } else {
      step();
    }
  }

  private void terminate(Duration grace) {
    boolean first = !terminating;
    terminating = true;
    for (Container container : all()) {
      runner.stop(container, grace, first ? "Stopping container " + container.name : "");
    }
    finishWhenStopped();
  }

  private void finishWhenStopped() {
    if (gone) {
      return;
    }
    if (all().stream().anyMatch(Container::running)) {
      if (!removed) {
        report();
      }
      return;
    }
    gone = true;
    space.close();
    if (!removed) {
      report();
      try {
        node.resources().delete(key, new Deletion.Request(0L, uid, null), false);
      } catch (Refusal refusal) {
        // Somebody else deleted it by force, and perhaps made another pod of that name.
        removed = true;
      }
    }
    onGone.run();
  }

  private List<Container> all() {
    return Stream.of(inits, containers, ephemerals).flatMap(List::stream).toList();
  }

  private void report() {
    Instant now = node.clock().instant();
    node.resources()
        .changeStatus(
            key,
            current ->
                Json.uid(current).equals(uid)
                    ? PodStatus.write(
                        current, inits, containers, ephemerals, podIp, hostIp, startTime, now)
                    : current);
  }

  /** Kills every process at once; for the end of the sandbox. */
  void kill() {
    terminating = true;
    all().forEach(runner::kill);
    space.close();
  }

  /** Waits for the end of what was killed. */
  void awaitEnd() {
    all().stream()
        .map(each -> each.state)
        .filter(ContainerState.Running.class::isInstance)
        .flatMap(state -> ((ContainerState.Running) state).process().stream())
        .forEach(ContainerProcess::awaitEnd);
  }

  /** Whether a write by somebody else concerns this worker at all. */
  boolean concerns(ObjectNode latest) {
    return !latest.path("spec").equals(pod.path("spec"))
        || Json.terminating(latest) != Json.terminating(pod)
        || !latest
            .path("metadata")
            .path("deletionGracePeriodSeconds")
            .equals(pod.path("metadata").path("deletionGracePeriodSeconds"));
  }

  static String describe(ObjectNode pod) {
    return "%s_%s(%s)".formatted(Json.name(pod), Json.namespace(pod), Json.uid(pod));
  }
}
