package dev.greenstick.probe.predict;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * An API of a <a href="https://docs.bentoml.com/en/latest/build-with-bentoml/services.html">BentoML
 * service</a>: its arguments by name, answered by whatever its method returns.
 */
final class BentoMl implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    List<Problem> problems = new ArrayList<>(FreeAnswers.problems(probe));
    if (FreeAnswers.options(probe).path() == null) {
      problems.add(new Problem("options.path", "must be the API's route, like /classify"));
    }
    return problems;
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new JsonConversation(
        probe, FreeAnswers.options(probe).path(), FreeAnswers.extractionOrText(probe));
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    String path = FreeAnswers.orElse(FreeAnswers.options(probe).readiness(), "/readyz");
    return List.of(ReadyCheck.byStatus("service", Addressing.url(probe, path)));
  }
}
