package dev.greenstick.model.inference;

import dev.greenstick.model.crescents.Classification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The bodies of the protocol's answers. */
public final class Answers {
  /** The one version of the model that is served. */
  public static final String VERSION = "1";

  private Answers() {}

  /** The answer of {@code GET /v2}. */
  public static JsonObject server() {
    return new JsonObject()
        .put("name", "greenstick-model")
        .put("version", VERSION)
        .put("extensions", new JsonArray());
  }

  /** The answer of {@code GET /v2/models/NAME}. */
  public static JsonObject metadata(String model) {
    var input =
        new JsonObject()
            .put("name", InferRequest.INPUT)
            .put("datatype", Datatype.FP64.name())
            .put("shape", new JsonArray().add(-1).add(InferRequest.FEATURES));
    return new JsonObject()
        .put("name", model)
        .put("versions", new JsonArray().add(VERSION))
        .put("platform", "tribuo_random_forest")
        .put("inputs", new JsonArray().add(input))
        .put(
            "outputs",
            new JsonArray(
                Output.ALL.stream().map(output -> output.described(output.shape())).toList()));
  }

  /**
   * The answer to an infer request.
   *
   * @param answers one for each point of the request, in its order
   */
  public static JsonObject inferred(
      String model, InferRequest request, List<Classification> answers) {
    var body = new JsonObject().put("model_name", model).put("model_version", VERSION);
    request.id().ifPresent(id -> body.put("id", id));
    var tensors = request.outputs().stream().map(output -> output.tensor(answers)).toList();
    return body.put("outputs", new JsonArray(tensors));
  }

  /** The answer to whatever went wrong. */
  public static JsonObject error(String reason) {
    return new JsonObject().put("error", reason);
  }
}
