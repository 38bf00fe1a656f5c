package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.List;

/**
 * <a href="https://www.tensorflow.org/tfx/serving/api_rest">TensorFlow Serving over REST</a>: rows
 * as {@code instances}, answered by {@code predictions}, or columns as {@code inputs}, answered by
 * {@code outputs}. Bare NaN and Infinity are read as what they are.
 */
final class TensorFlowServing implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    return JsonConversation.problems(probe, "instances", "inputs");
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new JsonConversation(probe, path(probe) + ":predict", TensorFlowServing::prediction);
  }

  private static String path(Probe probe) {
    String version =
        probe.version() == null ? "" : "/versions/" + Addressing.segment(probe.version());
    return "/v1/models/" + Addressing.segment(probe.model()) + version;
  }

  private static JsonNode prediction(JsonNode inputs, JsonNode answer) throws Malformation {
    return inputs.has("instances")
        ? JsonConversation.predictions(inputs.get("instances"), answer)
        : JsonConversation.field(answer, "outputs");
  }

  /** A version must be available: one that loads is not, and one that unloads no longer is. */
  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    return List.of(
        new ReadyCheck(
            "model " + probe.model(),
            Question.get(Addressing.url(probe, path(probe))),
            reply ->
                reply.status() == 200
                    && JsonConversation.treeOrEmpty(reply.body())
                        .path("model_version_status")
                        .findValuesAsText("state")
                        .contains("AVAILABLE")));
  }
}
