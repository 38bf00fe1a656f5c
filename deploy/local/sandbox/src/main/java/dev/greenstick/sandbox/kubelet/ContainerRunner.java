package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.event.EventRecorder;
import dev.greenstick.sandbox.resource.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Starts, probes, restarts and stops the containers of one pod. Lives on the kubelet's thread. */
final class ContainerRunner {

  private static final Duration BACK_OFF_FORGIVEN_AFTER = Duration.ofMinutes(10);

  private final Node node;
  private final EventRecorder.Source source;
  private final String podIp;
  private final Supplier<ObjectNode> pod;
  private final PodSpace space;
  private final Consumer<Container> changed;

  ContainerRunner(
      Node node,
      EventRecorder.Source source,
      String podIp,
      Supplier<ObjectNode> pod,
      PodSpace space,
      Consumer<Container> changed) {
    this.node = node;
    this.source = source;
    this.podIp = podIp;
    this.pod = pod;
    this.space = space;
    this.changed = changed;
  }

  /** Starts a container that should run and does not, and restarts one whose image changed. */
  void ensure(Container container, String restartPolicy) {
    switch (container.state) {
      case ContainerState.Running running -> {
        if (!running.image().equals(container.image()) && !container.stopping) {
          container.failedStarts = 0;
          container.failedPulls = 0;
          stop(
              container,
              Duration.ofSeconds(
                  pod.get().path("spec").path("terminationGracePeriodSeconds").asLong(30)),
              "Container %s definition changed, will be restarted".formatted(container.name));
        }
      }
      case ContainerState.Terminated ended -> {
        boolean again =
            restartPolicy.equals("Always")
                || (restartPolicy.equals("OnFailure") && ended.exitCode() != 0)
                || !ended.image().equals(container.image());
        if (again && !container.starting) {
          restart(container, ended);
        }
      }
      case ContainerState.Waiting waiting -> {
        if (!container.starting) {
          start(container);
        } else if (waiting.reason().startsWith("ErrImage")
            || waiting.reason().startsWith("ImagePull")) {
          if (node.images().find(container.image()).isPresent()) {
            container.failedPulls = 0;
            start(container);
          }
        } else if (waiting.reason().equals("CrashLoopBackOff")
            && container.last.filter(last -> last.image().equals(container.image())).isEmpty()) {
          container.failedStarts = 0;
          start(container);
        }
      }
    }
  }

  private void restart(Container container, ContainerState.Terminated ended) {
    container.last = Optional.of(ended);
    if (Duration.between(ended.since(), ended.at()).compareTo(BACK_OFF_FORGIVEN_AFTER) > 0
        || !ended.image().equals(container.image())) {
      container.failedStarts = 0;
    }
    Duration wait = backOff(container.failedStarts++);
    if (wait.isZero()) {
      start(container);
      return;
    }
    container.starting = true;
    String pace = wait.toSeconds() + "s";
    container.state =
        new ContainerState.Waiting(
            "CrashLoopBackOff",
            "back-off %s restarting failed container=%s pod=%s"
                .formatted(pace, container.name, PodWorker.describe(pod.get())));
    event(
        container,
        "Warning",
        "BackOff",
        "Back-off restarting failed container %s in pod %s"
            .formatted(container.name, PodWorker.describe(pod.get())));
    String image = container.image();
    node.later(
        wait,
        () -> {
          if (container.image().equals(image) && waitingFor(container, "CrashLoopBackOff")) {
            start(container);
          }
        });
  }

  private static boolean waitingFor(Container container, String reason) {
    return container.state instanceof ContainerState.Waiting waiting
        && waiting.reason().equals(reason);
  }

  private Duration backOff(int failures) {
    if (failures == 0) {
      return Duration.ZERO;
    }
    Duration wait = node.delays().backOff().multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(node.delays().longestBackOff()) > 0
        ? node.delays().longestBackOff()
        : wait;
  }

  private void start(Container container) {
    container.starting = true;
    String name = container.image();
    Optional<Image> image = node.images().find(name);
    if (image.isEmpty()) {
      failPull(container, name);
      return;
    }
    event(
        container,
        "Normal",
        "Pulled",
        "Container image \"%s\" already present on machine".formatted(name));
    node.later(
        node.delays().start(),
        () -> {
          if (!container.running() && container.starting && !Json.terminating(pod.get())) {
            run(container, name, image.get());
            changed.accept(container);
          }
        });
  }

  private void failPull(Container container, String name) {
    String problem = "failed to pull and unpack image \"%s\": not found".formatted(name);
    event(
        container, "Warning", "Failed", "Failed to pull image \"%s\": %s".formatted(name, problem));
    event(container, "Warning", "Failed", "Error: ErrImagePull");
    container.state = new ContainerState.Waiting("ErrImagePull", problem);
    Duration wait = backOff(++container.failedPulls);
    node.later(
        node.delays().start(),
        () -> {
          if (waitingFor(container, "ErrImagePull")) {
            String message = "Back-off pulling image \"%s\"".formatted(name);
            container.state = new ContainerState.Waiting("ImagePullBackOff", message);
            event(container, "Normal", "BackOff", message);
            changed.accept(container);
          }
        });
    node.later(
        wait,
        () -> {
          if (waitingFor(container, "ImagePullBackOff")) {
            start(container);
            changed.accept(container);
          }
        });
  }

  private void run(Container container, String name, Image image) {
    container.starting = false;
    if (container.runs > 0) {
      container.restarts++;
      if (container.state instanceof ContainerState.Terminated ended) {
        container.last = Optional.of(ended);
      }
    }
    container.runs++;
    Instant now = node.clock().instant();
    try {
      Optional<ContainerProcess> process =
          switch (image) {
            case Image.Pause pause -> Optional.empty();
            case Image.Program program ->
                Optional.of(Launch.program(node, pod.get(), podIp, container, program, space));
          };
      container.state = new ContainerState.Running(process, name, now);
      event(container, "Normal", "Created", "Created container: " + container.name);
      event(container, "Normal", "Started", "Started container " + container.name);
      process.ifPresent(
          each -> {
            var _ = each.exit().thenAccept(code -> node.soon(() -> exited(container, each, code)));
          });
      probe(container);
    } catch (IOException e) {
      closePorts(container);
      container.state = new ContainerState.Terminated(128, name, now, now, container.runs);
      event(
          container,
          "Warning",
          "Failed",
          "Error: failed to start container \"%s\": %s".formatted(container.name, e.getMessage()));
    }
  }

  private void probe(Container container) {
    container.started = true;
    Optional<Probe> readiness = Probe.of(container.spec, "readinessProbe");
    Optional<Probe> liveness = Probe.of(container.spec, "livenessProbe");
    Optional<Probe> startup = Probe.of(container.spec, "startupProbe");
    container.ready = readiness.isEmpty() && startup.isEmpty();
    Runnable rest =
        () -> {
          container.ready = readiness.isEmpty();
          readiness.ifPresent(
              probe -> loop(container, "Readiness", probe, healthy -> ready(container, healthy)));
          liveness.ifPresent(
              probe -> loop(container, "Liveness", probe, healthy -> alive(container, healthy)));
        };
    if (startup.isEmpty()) {
      rest.run();
      return;
    }
    container.started = false;
    ProbeLoop[] loop = new ProbeLoop[1];
    loop[0] =
        loop(
            container,
            "Startup",
            startup.get(),
            healthy -> {
              loop[0].stop();
              if (healthy) {
                container.started = true;
                rest.run();
                changed.accept(container);
              } else {
                alive(container, false);
              }
            });
  }

  private ProbeLoop loop(Container container, String kind, Probe probe, Consumer<Boolean> outcome) {
    ProbeLoop loop =
        new ProbeLoop(
            probe,
            node.prober(),
            podIp,
            node::soon,
            outcome,
            problem ->
                event(container, "Warning", "Unhealthy", kind + " probe failed: " + problem));
    container.probes.add(loop);
    loop.start(node.thread());
    return loop;
  }

  private void ready(Container container, boolean healthy) {
    if (container.running() && !container.stopping && container.ready != healthy) {
      container.ready = healthy;
      changed.accept(container);
    }
  }

  private void alive(Container container, boolean healthy) {
    if (!healthy && container.running() && !container.stopping) {
      stop(
          container,
          Duration.ofSeconds(
              pod.get().path("spec").path("terminationGracePeriodSeconds").asLong(30)),
          "Container %s failed liveness probe, will be restarted".formatted(container.name));
    }
  }

  private void exited(Container container, ContainerProcess process, int exitCode) {
    node.guard().ended(process.pid());
    if (!(container.state instanceof ContainerState.Running running)
        || running.process().filter(process::equals).isEmpty()) {
      return;
    }
    closePorts(container);
    container.stopProbes();
    container.ended(exitCode, node.clock().instant());
    container.explain(exitCode);
    changed.accept(container);
  }

  /**
   * SIGTERM now, SIGKILL after the grace period; a later call can only shorten it.
   *
   * @param message of the event that says so; none when empty
   */
  void stop(Container container, Duration grace, String message) {
    container.starting = false;
    if (!(container.state instanceof ContainerState.Running running)) {
      return;
    }
    if (!message.isEmpty()) {
      event(container, "Normal", "Killing", message);
    }
    container.stopping = true;
    container.stopProbes();
    running
        .process()
        .ifPresentOrElse(
            process -> {
              process.terminate();
              node.later(grace, process::kill);
            },
            () -> {
              container.ended(0, node.clock().instant());
              node.soon(() -> changed.accept(container));
            });
  }

  void kill(Container container) {
    container.stopProbes();
    if (container.state instanceof ContainerState.Running running) {
      running.process().ifPresent(ContainerProcess::kill);
    }
  }

  private void closePorts(Container container) {
    container.openPorts.forEach(port -> node.network().close(podIp, port));
    container.openPorts.clear();
  }

  private void event(Container container, String type, String reason, String message) {
    node.events()
        .record(
            source,
            pod.get(),
            "spec.%s{%s}".formatted(container.list(), container.name),
            type,
            reason,
            message);
  }
}
