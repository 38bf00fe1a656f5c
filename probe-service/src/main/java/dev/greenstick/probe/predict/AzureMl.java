package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Azure Machine Learning's <a
 * href="https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint">online
 * endpoints</a>, and with a path of their own its web services on AKS: any body, and whatever the
 * score script answers. A script that returns {@code json.dumps(...)} answers a JSON string that
 * holds JSON; it is read as what it holds.
 */
final class AzureMl implements Protocol {

  private static final String DEPLOYMENT = "azureml-model-deployment";

  /** The model's container failed, or took longer than its deployment lets it. */
  private static final List<Integer> OF_THE_MODEL = List.of(408, 424);

  @Override
  public List<Problem> problems(Probe probe) {
    return FreeAnswers.problems(probe);
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    String deployment = FreeAnswers.options(probe).deployment();
    JsonConversation.Extraction within = FreeAnswers.extraction(probe);
    return new JsonConversation(
        probe,
        FreeAnswers.orElse(FreeAnswers.options(probe).path(), "/score"),
        deployment == null ? Map.of() : Map.of(DEPLOYMENT, deployment),
        AzureMl::byStatus,
        (inputs, answer) -> within.prediction(inputs, unwrapped(answer)));
  }

  private static Optional<Answer> byStatus(Reply reply) {
    Optional<Answer> known = Addressing.byStatus(reply);
    return OF_THE_MODEL.contains(reply.status())
        ? known.map(answer -> new Answer.ServerError(answer.detail()))
        : known;
  }

  private static JsonNode unwrapped(JsonNode answer) {
    if (!answer.isTextual()) {
      return answer;
    }
    JsonNode inner =
        JsonConversation.treeOrEmpty(answer.textValue().getBytes(StandardCharsets.UTF_8));
    return inner.isEmpty() ? answer : inner;
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    String path = FreeAnswers.orElse(FreeAnswers.options(probe).readiness(), "/");
    return List.of(ReadyCheck.byStatus("endpoint", Addressing.url(probe, path)));
  }
}
