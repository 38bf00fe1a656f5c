package dev.greenstick.probe.predict;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.List;

/**
 * KServe's <a
 * href="https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol">protocol
 * v1</a>: a list of instances, answered by a list of as many predictions.
 */
final class KserveV1 implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    return JsonConversation.problems(probe, "instances");
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    String path = "/v1/models/" + Addressing.segment(probe.model()) + ":predict";
    return new JsonConversation(probe, path, JsonConversation::predictions);
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
