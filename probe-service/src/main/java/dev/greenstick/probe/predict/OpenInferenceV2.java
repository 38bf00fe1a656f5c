package dev.greenstick.probe.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions.Tensors;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The <a
 * href="https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol">Open
 * Inference Protocol v2</a> over REST with JSON tensors, as KServe, Triton, MLServer and OpenVINO
 * speak it. An answer must carry the id of its question: one that does not is somebody else's.
 */
final class OpenInferenceV2 implements Protocol {

  /** Servers differ: Triton writes a bare NaN. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectReader READER = MAPPER.reader();
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Accept", "application/json");

  @Override
  public List<Problem> problems(Probe probe) {
    List<Problem> problems = new ArrayList<>();
    if (FreeAnswers.options(probe).tensors() == Tensors.BINARY) {
      problems.add(new Problem("options.tensors", "is not built yet; leave it out"));
    }
    for (int i = 0; i < probe.requests().size(); i++) {
      PredictionRequest request = probe.requests().get(i);
      inputProblems("requests[" + i + "].inputs", request.inputs(), problems);
      expectProblems("requests[" + i + "].expect", request.expect(), problems);
    }
    return problems;
  }

  private static void inputProblems(String path, JsonNode inputs, List<Problem> problems) {
    if (!inputs.isArray() || inputs.isEmpty()) {
      problems.add(
          new Problem(path, "must be the protocol's inputs: an array of at least one tensor"));
      return;
    }
    for (int i = 0; i < inputs.size(); i++) {
      JsonNode tensor = inputs.get(i);
      for (String field : List.of("name", "datatype")) {
        if (!tensor.path(field).isTextual()) {
          problems.add(new Problem(path + "[" + i + "]." + field, "must be a string"));
        }
      }
      for (String field : List.of("shape", "data")) {
        if (!tensor.path(field).isArray()) {
          problems.add(new Problem(path + "[" + i + "]." + field, "must be an array"));
        }
      }
    }
  }

  private static void expectProblems(String path, JsonNode expect, List<Problem> problems) {
    if (expect == null || expect.isNull()) {
      return;
    }
    if (!expect.isObject() || expect.isEmpty()) {
      problems.add(new Problem(path, "must map names of outputs to their data"));
      return;
    }
    for (Map.Entry<String, JsonNode> output : expect.properties()) {
      if (!output.getValue().isArray()) {
        problems.add(new Problem(path + "." + output.getKey(), "must be an array of data"));
      }
    }
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new Talk(probe, idPrefix);
  }

  private static final class Talk implements Conversation {

    private final URI url;
    private final String idPrefix;
    private final List<byte[]> tails = new ArrayList<>();

    Talk(Probe probe, String idPrefix) {
      this.url = Addressing.url(probe, path(probe) + "/infer");
      this.idPrefix = idPrefix;
      for (PredictionRequest request : probe.requests()) {
        tails.add(("\",\"inputs\":" + request.inputs() + "}").getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public Question ask(long index) {
      byte[] head = ("{\"id\":\"" + id(index)).getBytes(StandardCharsets.UTF_8);
      byte[] tail = tails.get(turn(index));
      byte[] body = new byte[head.length + tail.length];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(tail, 0, body, head.length, tail.length);
      return new Question("POST", url, HEADERS, body);
    }

    private String id(long index) {
      return idPrefix + index;
    }

    private int turn(long index) {
      return (int) (index % tails.size());
    }

    @Override
    public Answer read(long index, Reply reply) {
      Optional<Answer> byStatus = Addressing.byStatus(reply);
      if (byStatus.isPresent()) {
        return byStatus.get();
      }
      try {
        Outputs outputs = Outputs.read(READER.readTree(reply.body()), id(index));
        return new Answer.Ok(outputs.labels(), outputs.prediction());
      } catch (Malformation malformation) {
        return new Answer.Malformed(
            Seen.line(malformation.getMessage() + ": " + Seen.line(reply.body())));
      } catch (JsonProcessingException e) {
        return new Answer.Malformed(Seen.line("no JSON: " + Seen.line(reply.body())));
      } catch (IOException e) {
        throw new IllegalStateException("reading from memory failed", e);
      }
    }

    /** Data may be flat or nested: the order of the elements is what counts. */
    @Override
    public JsonNode form(JsonNode expect) {
      ObjectNode flat = NODES.objectNode();
      expect
          .properties()
          .forEach(output -> flat.set(output.getKey(), Outputs.flat(output.getValue())));
      return flat;
    }
  }

  private static String path(Probe probe) {
    String version =
        probe.version() == null ? "" : "/versions/" + Addressing.segment(probe.version());
    return "/v2/models/" + Addressing.segment(probe.model()) + version;
  }

  /** By status alone: bodies differ from server to server. */
  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    return List.of(
        ReadyCheck.byStatus("server", Addressing.url(probe, "/v2/health/ready")),
        ReadyCheck.byStatus(
            "model " + probe.model(), Addressing.url(probe, path(probe) + "/ready")));
  }

  private record Tensor(String datatype, ArrayNode elements) {

    ArrayNode values() {
      if (!datatype.startsWith("FP") && !datatype.startsWith("BF")) {
        return elements;
      }
      ArrayNode values = NODES.arrayNode(elements.size());
      for (JsonNode element : elements) {
        values.add(element.isIntegralNumber() ? NODES.numberNode(element.doubleValue()) : element);
      }
      return values;
    }
  }

  private record Outputs(Map<String, Tensor> byName) {

    /** Strings are labels; numbers are not. */
    List<String> labels() {
      return byName.values().stream()
          .filter(tensor -> tensor.datatype.equals("BYTES"))
          .flatMap(tensor -> tensor.elements.valueStream())
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue)
          .toList();
    }

    /** The outputs by name; numbers of floating-point outputs are never whole. */
    ObjectNode prediction() {
      ObjectNode prediction = NODES.objectNode();
      byName.forEach((name, tensor) -> prediction.set(name, tensor.values()));
      return prediction;
    }

    /** The elements of nested arrays in order; a lone value is its own element. */
    static ArrayNode flat(JsonNode data) {
      ArrayNode elements = NODES.arrayNode();
      flatten(data, elements);
      return elements;
    }

    private static void flatten(JsonNode data, ArrayNode into) {
      if (data.isArray()) {
        data.forEach(element -> flatten(element, into));
      } else {
        into.add(data);
      }
    }

    static Outputs read(JsonNode answer, String id) throws Malformation {
      if (!answer.isObject()) {
        throw new Malformation("no JSON object");
      }
      if (answer.hasNonNull("error")) {
        throw new Malformation("an error with status 200");
      }
      if (!answer.path("id").asText().equals(id)) {
        throw new Malformation("the id is not " + id);
      }
      JsonNode outputs = answer.path("outputs");
      if (!outputs.isArray() || outputs.isEmpty()) {
        throw new Malformation("no outputs");
      }
      Map<String, Tensor> byName = new LinkedHashMap<>();
      for (JsonNode output : outputs) {
        String name = output.path("name").asText();
        if (name.isEmpty() || byName.put(name, tensor(name, output)) != null) {
          throw new Malformation("an output without a name of its own");
        }
      }
      return new Outputs(byName);
    }

    private static Tensor tensor(String name, JsonNode output) throws Malformation {
      if (!output.path("data").isArray() || !output.path("datatype").isTextual()) {
        throw new Malformation("output " + name + " lacks data or datatype");
      }
      ArrayNode elements = flat(output.get("data"));
      long size = 1;
      for (JsonNode dimension : output.path("shape")) {
        size = size * dimension.asLong();
      }
      if (!output.path("shape").isArray() || size != elements.size()) {
        throw new Malformation(
            "output %s has shape %s and %d elements"
                .formatted(name, output.path("shape"), elements.size()));
      }
      return new Tensor(output.get("datatype").textValue(), elements);
    }
  }
}
