package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import java.util.List;

/**
 * Seldon Core's <a
 * href="https://docs.seldon.ai/seldon-core-1/reference/prediction-apis/external-prediction">protocol
 * v1</a>. The base URL holds what an ingress puts in front, as in {@code
 * http://ingress/seldon/namespace/deployment}. The prediction is what the answer's {@code data},
 * {@code strData}, {@code jsonData} or {@code binData} holds; names and {@code meta} are none.
 */
final class SeldonV1 implements Protocol {

  private static final List<String> DATA = List.of("ndarray", "tensor", "tftensor");

  /** The status by name, or as its number in the protocol's messages. */
  private static final List<String> FAILURE = List.of("FAILURE", "1");

  private static final List<String> OTHERS = List.of("strData", "jsonData", "binData");

  @Override
  public List<Problem> problems(Probe probe) {
    return JsonConversation.problems(probe, "data", "strData", "jsonData", "binData");
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new JsonConversation(probe, "/api/v1.0/predictions", SeldonV1::prediction);
  }

  private static JsonNode prediction(JsonNode inputs, JsonNode answer) throws Malformation {
    if (!answer.isObject()) {
      throw new Malformation("no JSON object");
    }
    if (FAILURE.contains(answer.path("status").path("status").asText())) {
      throw new Malformation("an error with status 200");
    }
    for (String field : DATA) {
      if (answer.path("data").hasNonNull(field)) {
        return answer.get("data").get(field);
      }
    }
    for (String field : OTHERS) {
      if (answer.hasNonNull(field)) {
        return answer.get(field);
      }
    }
    throw new Malformation("no data");
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    String path = FreeAnswers.orElse(FreeAnswers.options(probe).readiness(), "/ready");
    return List.of(ReadyCheck.byStatus("deployment", Addressing.url(probe, path)));
  }
}
