package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the kubelet knows about one container of a pod. Lives on the kubelet's thread. */
final class Container {

  final String name;
  final boolean init;
  final List<ProbeLoop> probes = new ArrayList<>();
  final List<Integer> openPorts = new ArrayList<>();
  JsonNode spec;
  ContainerState state = new ContainerState.Waiting("ContainerCreating", "");
  Optional<ContainerState.Terminated> last = Optional.empty();
  int restarts;
  boolean ready;
  boolean started;
  boolean stopping;
  boolean starting;
  int failedStarts;
  int failedPulls;
  int runs;
  Optional<Path> log = Optional.empty();
  Optional<Path> previousLog = Optional.empty();

  Container(JsonNode spec, boolean init) {
    this.name = spec.path("name").asText();
    this.spec = spec;
    this.init = init;
    if (init) {
      state = new ContainerState.Waiting("PodInitializing", "");
    }
  }

  String image() {
    return spec.path("image").asText();
  }

  boolean running() {
    return state instanceof ContainerState.Running;
  }

  boolean succeeded() {
    return state instanceof ContainerState.Terminated terminated && terminated.exitCode() == 0;
  }

  void stopProbes() {
    probes.forEach(ProbeLoop::stop);
    probes.clear();
  }

  void ended(int exitCode, Instant now) {
    if (state instanceof ContainerState.Running running) {
      state = new ContainerState.Terminated(exitCode, running.image(), running.since(), now);
    }
    ready = false;
    started = false;
    stopping = false;
  }

  /** The container's own variables, plain values and those taken from the pod's fields. */
  Map<String, String> variables(JsonNode pod, String podIp) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode variable : spec.path("env")) {
      String value =
          variable.has("value")
              ? variable.get("value").asText()
              : field(
                  pod,
                  podIp,
                  variable.path("valueFrom").path("fieldRef").path("fieldPath").asText());
      variables.put(variable.path("name").asText(), value);
    }
    return variables;
  }

  private static String field(JsonNode pod, String podIp, String path) {
    return switch (path) {
      case "status.podIP" -> podIp;
      case "status.hostIP" -> "127.0.0.1";
      default -> {
        JsonNode node = pod;
        for (String step : path.split("\\.", -1)) {
          node = node.path(step);
        }
        yield node.asText("");
      }
    };
  }
}
