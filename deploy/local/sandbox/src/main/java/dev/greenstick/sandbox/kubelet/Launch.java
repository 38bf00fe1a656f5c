package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import java.io.IOException;
import java.nio.file.Path;
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
      Node node,
      ObjectNode pod,
      String podIp,
      Container container,
      Image.Program program,
      PodSpace space)
      throws IOException {
    Map<String, String> variables = new LinkedHashMap<>(node.environment());
    variables.putAll(program.environment());
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
        Stream.concat(entry(container.spec, program).stream(), words(container.spec, "args"))
            .map(word -> substitute(word, variables))
            .toList();
    Path log =
        node.directoryOf(pod).resolve("%s-%d.log".formatted(container.name, container.restarts));
    container.previousLog = container.log;
    container.log = Optional.of(log);
    return ContainerProcess.start(
        space.enclose(container, command),
        node.spaces().isPresent(),
        variables,
        log,
        node.guard(),
        node.clock());
  }

  private static List<String> entry(JsonNode spec, Image.Program program) {
    List<String> own = words(spec, "command").toList();
    return own.isEmpty() ? program.command() : own;
  }

  private static Stream<String> words(JsonNode spec, String field) {
    return spec.path(field).valueStream().map(JsonNode::asText);
  }

  private static String substitute(String word, Map<String, String> variables) {
    return VARIABLE
        .matcher(word)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(variables.getOrDefault(match.group(1), match.group())));
  }
}
