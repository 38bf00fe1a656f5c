package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outputs of one answer of the Open Inference Protocol, however it was sent. */
final class InferenceOutputs {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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

  private final Map<String, Tensor> byName = new LinkedHashMap<>();

  /** Adds an output whose shape its elements must fill. */
  void add(String name, String datatype, List<Long> shape, ArrayNode elements) throws Malformation {
    long size = 1;
    for (long dimension : shape) {
      size = size * dimension;
    }
    if (size != elements.size()) {
      throw new Malformation(
          "output %s has shape %s and %d elements".formatted(name, shape, elements.size()));
    }
    if (name.isEmpty() || byName.put(name, new Tensor(datatype, elements)) != null) {
      throw new Malformation("an output without a name of its own");
    }
  }

  /** What they come to: texts are labels, numbers are not. */
  Answer answer() throws Malformation {
    if (byName.isEmpty()) {
      throw new Malformation("no outputs");
    }
    List<String> labels =
        byName.values().stream()
            .filter(tensor -> tensor.datatype.equals("BYTES"))
            .flatMap(tensor -> tensor.elements.valueStream())
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .toList();
    // Numbers of floating-point outputs are never whole.
    ObjectNode prediction = NODES.objectNode();
    byName.forEach((name, tensor) -> prediction.set(name, tensor.values()));
    return new Answer.Ok(labels, prediction);
  }

  /** What is expected, with flat data: the order of the elements is what counts. */
  static JsonNode form(JsonNode expect) {
    ObjectNode flat = NODES.objectNode();
    expect.properties().forEach(output -> flat.set(output.getKey(), flat(output.getValue())));
    return flat;
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
}
