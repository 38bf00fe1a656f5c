package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From a container's spec to a running program. Lives on the kubelet's thread. */
final class Launch {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\((\\w+)\\)");

  private Launch() {}

  /**
   * Starts a container's program, with ports of its own and what it prints in a log of its own.
   *
   * @throws IOException when it cannot be started
   */
  static ContainerProcess program(
      Node node, ObjectNode pod, String podIp, Container container, Image.Program program)
      throws IOException {
    Map<String, String> variables = new LinkedHashMap<>(node.environment());
    variables.put("HOSTNAME", Json.name(pod));
    variables.put("POD_NAME", Json.name(pod));
    variables.put("POD_NAMESPACE", Json.namespace(pod));
    variables.put("POD_UID", Json.uid(pod));
    variables.putAll(container.variables(pod, podIp));
    boolean first = true;
    for (JsonNode declared : container.spec.path("ports")) {
      int port = node.ports().free();
      int containerPort = declared.path("containerPort").asInt();
      node.network().open(podIp, containerPort, port);
      container.openPorts.add(containerPort);
      if (first) {
        variables.put("PORT", Integer.toString(port));
        first = false;
      }
      variables.put("PORT_" + containerPort, Integer.toString(port));
    }
    if (first) {
      variables.put("PORT", Integer.toString(node.ports().free()));
    }
    List<String> command =
        Stream.concat(program.command().stream(), arguments(container.spec).stream())
            .map(word -> substitute(word, variables))
            .toList();
    Path log =
        node.directory()
            .resolve("%s_%s_%s".formatted(Json.namespace(pod), Json.name(pod), Json.uid(pod)))
            .resolve("%s-%d.log".formatted(container.name, container.restarts));
    container.previousLog = container.log;
    container.log = Optional.of(log);
    return ContainerProcess.start(command, variables, log, node.guard(), node.clock());
  }

  private static List<String> arguments(JsonNode spec) {
    List<String> arguments = new ArrayList<>();
    spec.path("args").forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  private static String substitute(String word, Map<String, String> variables) {
    return VARIABLE
        .matcher(word)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(variables.getOrDefault(match.group(1), match.group())));
  }
}
