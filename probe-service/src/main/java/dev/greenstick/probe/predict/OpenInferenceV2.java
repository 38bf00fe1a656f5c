package dev.greenstick.probe.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  private static final ObjectReader READER = MAPPER.reader();
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Accept", "application/json");

  @Override
  public List<Problem> problems(Probe probe) {
    List<Problem> problems = new ArrayList<>();
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
    private final List<List<Map.Entry<String, Expectation>>> expectations = new ArrayList<>();

    Talk(Probe probe, String idPrefix) {
      this.url = Addressing.url(probe, path(probe));
      this.idPrefix = idPrefix;
      for (PredictionRequest request : probe.requests()) {
        tails.add(("\",\"inputs\":" + request.inputs() + "}").getBytes(StandardCharsets.UTF_8));
        expectations.add(expectations(request.expect()));
      }
    }

    private static List<Map.Entry<String, Expectation>> expectations(JsonNode expect) {
      Map<String, Expectation> byOutput = new TreeMap<>();
      if (expect != null) {
        expect
            .properties()
            .forEach(
                output ->
                    byOutput.put(
                        output.getKey(), Expectation.of(output.getKey(), output.getValue())));
      }
      return List.copyOf(byOutput.entrySet());
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
        return judge(index, Outputs.read(READER.readTree(reply.body()), id(index)));
      } catch (Malformation malformation) {
        return new Answer.Malformed(
            Seen.line(malformation.getMessage() + ": " + Seen.line(reply.body())));
      } catch (JsonProcessingException e) {
        return new Answer.Malformed(Seen.line("no JSON: " + Seen.line(reply.body())));
      } catch (IOException e) {
        throw new IllegalStateException("reading from memory failed", e);
      }
    }

    private Answer judge(long index, Outputs outputs) {
      for (Map.Entry<String, Expectation> expected : expectations.get(turn(index))) {
        Tensor tensor = outputs.byName.get(expected.getKey());
        Optional<String> difference =
            tensor == null
                ? Optional.of(
                    "output " + expected.getKey() + " is missing among " + outputs.byName.keySet())
                : expected.getValue().difference(tensor.datatype, tensor.elements);
        if (difference.isPresent()) {
          return new Answer.Wrong(outputs.labels(), Seen.line(difference.get()));
        }
      }
      return new Answer.Ok(outputs.labels());
    }
  }

  private static String path(Probe probe) {
    String version =
        probe.version() == null ? "" : "/versions/" + Addressing.segment(probe.version());
    return "/v2/models/" + Addressing.segment(probe.model()) + version + "/infer";
  }

  private record Tensor(String datatype, List<JsonNode> elements) {}

  private record Outputs(Map<String, Tensor> byName) {

    /** Strings are labels; numbers are not. */
    List<String> labels() {
      return byName.values().stream()
          .filter(tensor -> tensor.datatype.equals("BYTES"))
          .flatMap(tensor -> tensor.elements.stream())
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue)
          .toList();
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
      List<JsonNode> elements = Expectation.flat(output.get("data"));
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
