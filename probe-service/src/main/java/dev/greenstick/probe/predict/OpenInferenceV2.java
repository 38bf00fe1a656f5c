package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions.Tensors;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The <a
 * href="https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol">Open
 * Inference Protocol v2</a> over REST, as KServe, Triton, MLServer and OpenVINO speak it; with
 * tensors as JSON, or as bytes behind it by the binary tensor data extension. An answer must carry
 * the id of its question: one that does not is somebody else's. Answers are read in either form,
 * whatever was asked.
 */
final class OpenInferenceV2 implements Protocol {

  /** How many bytes of a body are JSON; the tensors follow. */
  private static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Accept", "application/json");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Override
  public List<Problem> problems(Probe probe) {
    return InferenceRequests.problems(probe, isBinary(probe));
  }

  private static boolean isBinary(Probe probe) {
    return FreeAnswers.options(probe).tensors() == Tensors.BINARY;
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new Talk(probe, idPrefix);
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

  /** What follows the id in a body: the rest of the JSON, and the tensors. */
  private record Tail(byte[] json, byte[] tensors) {

    static Tail ofJson(JsonNode inputs) {
      return new Tail(
          ("\",\"inputs\":" + inputs + "}").getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    static Tail ofBytes(JsonNode inputs) {
      ByteArrayOutputStream tensors = new ByteArrayOutputStream();
      ArrayNode described = NODES.arrayNode();
      for (JsonNode input : inputs) {
        byte[] bytes = InferenceRequests.bytes(input);
        tensors.writeBytes(bytes);
        ObjectNode tensor = input.deepCopy();
        tensor.remove("data");
        tensor.withObject("/parameters").put("binary_data_size", bytes.length);
        described.add(tensor);
      }
      String json = "\",\"parameters\":{\"binary_data_output\":true},\"inputs\":" + described + "}";
      return new Tail(json.getBytes(StandardCharsets.UTF_8), tensors.toByteArray());
    }
  }

  private static final class Talk implements Conversation {

    private final URI url;
    private final String idPrefix;
    private final boolean binary;
    private final List<Tail> tails = new ArrayList<>();

    Talk(Probe probe, String idPrefix) {
      this.url = Addressing.url(probe, path(probe) + "/infer");
      this.idPrefix = idPrefix;
      this.binary = isBinary(probe);
      probe
          .requests()
          .forEach(
              request ->
                  tails.add(
                      binary ? Tail.ofBytes(request.inputs()) : Tail.ofJson(request.inputs())));
    }

    @Override
    public Question ask(long index) {
      byte[] head = ("{\"id\":\"" + id(index)).getBytes(StandardCharsets.UTF_8);
      Tail tail = tails.get(turn(index));
      int json = head.length + tail.json.length;
      byte[] body = Arrays.copyOf(head, json + tail.tensors.length);
      System.arraycopy(tail.json, 0, body, head.length, tail.json.length);
      System.arraycopy(tail.tensors, 0, body, json, tail.tensors.length);
      Map<String, String> headers =
          binary
              ? Map.of(
                  "Content-Type", "application/octet-stream", JSON_LENGTH, String.valueOf(json))
              : HEADERS;
      return new Question("POST", url, headers, body);
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
        int json = jsonLength(reply);
        JsonNode answer = JsonConversation.tree(Arrays.copyOf(reply.body(), json));
        return outputs(answer, id(index), tensors(reply.body(), json)).answer();
      } catch (Malformation malformation) {
        return JsonConversation.malformed(malformation, reply.body());
      }
    }

    private static int jsonLength(Reply reply) throws Malformation {
      String length = reply.header().apply(JSON_LENGTH);
      if (length == null) {
        return reply.body().length;
      }
      try {
        int json = Integer.parseInt(length);
        if (json >= 0 && json <= reply.body().length) {
          return json;
        }
      } catch (NumberFormatException e) {
        // Said below, with the other reason.
      }
      throw new Malformation(JSON_LENGTH + " is " + Seen.line(length));
    }

    private static ByteBuffer tensors(byte[] body, int json) {
      return ByteBuffer.wrap(body, json, body.length - json);
    }

    private static InferenceOutputs outputs(JsonNode answer, String id, ByteBuffer tensors)
        throws Malformation {
      if (!answer.isObject()) {
        throw new Malformation("no JSON object");
      }
      if (answer.hasNonNull("error")) {
        throw new Malformation("an error with status 200");
      }
      if (!answer.path("id").asText().equals(id)) {
        throw new Malformation("the id is not " + id);
      }
      if (!answer.path("outputs").isArray()) {
        throw new Malformation("no outputs");
      }
      InferenceOutputs outputs = new InferenceOutputs();
      for (JsonNode output : answer.get("outputs")) {
        String name = output.path("name").asText();
        if (!output.path("datatype").isTextual() || !output.path("shape").isArray()) {
          throw new Malformation("output " + name + " lacks shape or datatype");
        }
        List<Long> shape = new ArrayList<>();
        output.get("shape").forEach(dimension -> shape.add(dimension.asLong()));
        outputs.add(
            name, output.get("datatype").textValue(), shape, elements(name, output, tensors));
      }
      if (tensors.hasRemaining()) {
        throw new Malformation(tensors.remaining() + " bytes that belong to no output");
      }
      return outputs;
    }

    private static ArrayNode elements(String name, JsonNode output, ByteBuffer tensors)
        throws Malformation {
      JsonNode size = output.path("parameters").path("binary_data_size");
      if (size.isIntegralNumber()) {
        if (size.longValue() < 0 || size.longValue() > tensors.remaining()) {
          throw new Malformation("output " + name + " is longer than the body");
        }
        ByteBuffer own = tensors.slice(tensors.position(), size.intValue());
        tensors.position(tensors.position() + size.intValue());
        return TensorBytes.read(output.get("datatype").textValue(), own);
      }
      if (!output.path("data").isArray()) {
        throw new Malformation("output " + name + " lacks data");
      }
      return InferenceOutputs.flat(output.get("data"));
    }

    @Override
    public JsonNode form(JsonNode expect) {
      return InferenceOutputs.form(expect);
    }
  }
}
