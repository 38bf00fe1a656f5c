package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the kubelet knows about one container of a pod. Lives on the kubelet's thread. */
final class Container {

  private static final int MESSAGE_LINES = 80;
  private static final int MESSAGE_LENGTH = 2_048;

  final String name;
  final Kind kind;
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

  /** What it ended with, as its status says it; empty when it does not. */
  String message = "";

  /** Which of a pod's containers it is among. */
  enum Kind {
    INIT("initContainers", "initContainerStatuses"),
    MAIN("containers", "containerStatuses"),
    EPHEMERAL("ephemeralContainers", "ephemeralContainerStatuses");

    final String list;
    final String statuses;

    Kind(String list, String statuses) {
      this.list = list;
      this.statuses = statuses;
    }
  }

  Container(JsonNode spec, Kind kind) {
    this.name = spec.path("name").asText();
    this.spec = spec;
    this.kind = kind;
    this.init = kind == Kind.INIT;
    if (init) {
      state = new ContainerState.Waiting("PodInitializing", "");
    }
  }

  /** Where the pod's spec has it. */
  String list() {
    return kind.list;
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
      state = new ContainerState.Terminated(exitCode, running.image(), running.since(), now, runs);
    }
    ready = false;
    started = false;
    stopping = false;
  }

  /** Takes the end of the log as the reason of a failure, where the container asks for that. */
  void explain(int exitCode) {
    message = "";
    if (exitCode != 0
        && spec.path("terminationMessagePolicy").asText().equals("FallbackToLogsOnError")) {
      message = log.map(Container::tail).orElse("");
    }
  }

  /** The last lines, without their timestamps. */
  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      String text =
          lines.stream()
              .skip(Math.max(0, lines.size() - MESSAGE_LINES))
              .map(line -> line.substring(line.indexOf(' ') + 1))
              .collect(Collectors.joining("\n"));
      return text.substring(Math.max(0, text.length() - MESSAGE_LENGTH));
    } catch (IOException e) {
      return "the log cannot be read: " + e.getMessage();
    }
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
