package dev.greenstick.probe.predict;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.List;

/**
 * TorchServe's <a href="https://docs.pytorch.org/serve/inference_api.html">inference API</a>: any
 * body, and whatever the model's handler answers. Only the server tells whether it is ready.
 */
final class TorchServe implements Protocol {

  /** A handler may take any body. */
  @Override
  public List<Problem> problems(Probe probe) {
    return FreeAnswers.problems(probe);
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    String version = probe.version() == null ? "" : "/" + Addressing.segment(probe.version());
    String path = "/predictions/" + Addressing.segment(probe.model()) + version;
    return new JsonConversation(probe, path, FreeAnswers.extractionOrText(probe));
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    return List.of(ReadyCheck.byStatus("server", Addressing.url(probe, "/ping")));
  }
}
