package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.List;

/**
 * KServe's <a
 * href="https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol">protocol
 * v1</a>: a list of {@code instances}, answered by a list of as many predictions. Servers take
 * {@code inputs} for it too, whose shape is the model's own.
 */
final class KserveV1 implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    return JsonConversation.problems(probe, "instances", "inputs");
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    String path = "/v1/models/" + Addressing.segment(probe.model()) + ":predict";
    return new JsonConversation(probe, path, KserveV1::prediction);
  }

  private static JsonNode prediction(JsonNode inputs, JsonNode answer) throws Malformation {
    return inputs.has("instances")
        ? JsonConversation.predictions(inputs.get("instances"), answer)
        : JsonConversation.field(answer, "predictions");
  }

  /** Servers answer true, "True", or leave it out: only a plain no is one. */
  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    return List.of(
        new ReadyCheck(
            "model " + probe.model(),
            Question.get(Addressing.url(probe, "/v1/models/" + Addressing.segment(probe.model()))),
            reply ->
                reply.status() == 200
                    && !JsonConversation.treeOrEmpty(reply.body())
                        .path("ready")
                        .asText()
                        .equalsIgnoreCase("false")));
  }
}
