package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.List;

/**
 * MLflow's <a href="https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally/">scoring
 * server</a>: a data frame or tensors, answered by {@code predictions} of the model's own shape.
 */
final class MlFlow implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    return JsonConversation.problems(
        probe, "dataframe_split", "dataframe_records", "instances", "inputs");
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new JsonConversation(probe, "/invocations", MlFlow::prediction);
  }

  private static JsonNode prediction(JsonNode inputs, JsonNode answer) throws Malformation {
    if (answer.hasNonNull("error_code")) {
      throw new Malformation("an error with status 200");
    }
    return JsonConversation.field(answer, "predictions");
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    String path = FreeAnswers.orElse(FreeAnswers.options(probe).readiness(), "/ping");
    return List.of(ReadyCheck.byStatus("server", Addressing.url(probe, path)));
  }
}
