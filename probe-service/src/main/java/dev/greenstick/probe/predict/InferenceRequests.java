package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What requests of the Open Inference Protocol must be, however they are sent. */
final class InferenceRequests {

  private InferenceRequests() {}

  /**
   * What cannot be asked or compared.
   *
   * @param asBytes whether tensors are sent as bytes, so that every element must be one of its
   *     datatype
   */
  static List<Problem> problems(Probe probe, boolean asBytes) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < probe.requests().size(); i++) {
      PredictionRequest request = probe.requests().get(i);
      inputs("requests[" + i + "].inputs", request.inputs(), asBytes, problems);
      expect("requests[" + i + "].expect", request.expect(), problems);
    }
    return problems;
  }

  private static void inputs(
      String path, JsonNode inputs, boolean asBytes, List<Problem> problems) {
    if (!inputs.isArray() || inputs.isEmpty()) {
      problems.add(
          new Problem(path, "must be the protocol's inputs: an array of at least one tensor"));
      return;
    }
    for (int i = 0; i < inputs.size(); i++) {
      String at = path + "[" + i + "]";
      JsonNode tensor = inputs.get(i);
      int before = problems.size();
      for (String field : List.of("name", "datatype")) {
        if (!tensor.path(field).isTextual()) {
          problems.add(new Problem(at + "." + field, "must be a string"));
        }
      }
      for (String field : List.of("shape", "data")) {
        if (!tensor.path(field).isArray()) {
          problems.add(new Problem(at + "." + field, "must be an array"));
        }
      }
      if (asBytes && problems.size() == before) {
        elements(at + ".data", tensor, problems);
      }
    }
  }

  private static void elements(String path, JsonNode tensor, List<Problem> problems) {
    try {
      bytes(tensor);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(path, e.getMessage()));
    }
  }

  /** A tensor's data as bytes. */
  static byte[] bytes(JsonNode tensor) {
    return TensorBytes.of(
        tensor.get("datatype").textValue(), InferenceOutputs.flat(tensor.get("data")));
  }

  private static void expect(String path, JsonNode expect, List<Problem> problems) {
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
}
