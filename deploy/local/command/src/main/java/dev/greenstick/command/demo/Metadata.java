package dev.greenstick.command.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.command.outcome.CouldNotRun;
import java.util.Set;

/**
 * What can be asked of a model of which only its metadata are known (Open Inference Protocol v2,
 * {@code GET /v2/models/NAME}): zeros, one row of each input.
 */
public final class Metadata {

  private static final Set<String> NUMBERS =
      Set.of(
          "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32",
          "FP64");
  private static final int MOST_VALUES = 100_000;

  private Metadata() {}

  /**
   * One request, without an expected answer.
   *
   * @throws CouldNotRun when zeros cannot be asked, and requests must be given
   */
  public static ArrayNode request(String model, JsonNode metadata) throws CouldNotRun {
    if (!(metadata.path("inputs") instanceof ArrayNode inputs) || inputs.isEmpty()) {
      throw needsRequests(model, "its metadata name no inputs");
    }
    ArrayNode requests = JsonNodeFactory.instance.arrayNode();
    ArrayNode tensors = requests.addObject().putArray("inputs");
    for (JsonNode input : inputs) {
      tensors.add(zeros(model, input));
    }
    return requests;
  }

  private static ObjectNode zeros(String model, JsonNode input) throws CouldNotRun {
    String datatype = input.path("datatype").asText();
    boolean number = NUMBERS.contains(datatype);
    if (!number && !datatype.equals("BOOL")) {
      throw needsRequests(
          model, "input " + input.path("name").asText() + " is of type " + datatype);
    }
    ObjectNode tensor = JsonNodeFactory.instance.objectNode();
    tensor.put("name", input.path("name").asText());
    ArrayNode shape = tensor.putArray("shape");
    long values = 1;
    for (JsonNode dimension : input.path("shape")) {
      long size = Math.max(1, dimension.asLong());
      shape.add(size);
      values *= size;
      if (values > MOST_VALUES) {
        throw needsRequests(model, "input " + input.path("name").asText() + " is large");
      }
    }
    tensor.put("datatype", datatype);
    ArrayNode data = tensor.putArray("data");
    for (long i = 0; i < values; i++) {
      if (number) {
        data.add(0);
      } else {
        data.add(false);
      }
    }
    return tensor;
  }

  private static CouldNotRun needsRequests(String model, String because) {
    return new CouldNotRun(
        "Model "
            + model
            + " cannot be asked without --requests FILE, because "
            + because
            + ": write a list of {\"inputs\": [...], \"expect\": {...}} in it");
  }
}
