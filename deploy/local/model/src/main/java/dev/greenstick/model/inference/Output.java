package dev.greenstick.model.inference;

import dev.greenstick.model.crescents.Classification;
import dev.greenstick.model.crescents.Crescents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The tensors that the model answers with. */
public enum Output {
  /** The likelier label of every point. */
  LABEL("label", "BYTES") {
    @Override
    JsonObject tensor(List<Classification> answers) {
      return described(new JsonArray().add(answers.size()))
          .put("data", new JsonArray(answers.stream().map(Classification::label).toList()));
    }

    @Override
    JsonArray shape() {
      return new JsonArray().add(-1);
    }
  },

  /** The share of votes of every label, row by row, in the order of {@link Crescents#LABELS}. */
  SCORES("scores", "FP64") {
    @Override
    JsonObject tensor(List<Classification> answers) {
      return described(new JsonArray().add(answers.size()).add(Crescents.LABELS.size()))
          .put("parameters", new JsonObject().put("labels", String.join(",", Crescents.LABELS)))
          .put(
              "data",
              new JsonArray(answers.stream().flatMap(answer -> answer.scores().stream()).toList()));
    }

    @Override
    JsonArray shape() {
      return new JsonArray().add(-1).add(Crescents.LABELS.size());
    }
  };

  static final List<Output> ALL = List.of(values());

  private final String tensorName;
  private final String datatype;

  Output(String tensorName, String datatype) {
    this.tensorName = tensorName;
    this.datatype = datatype;
  }

  static Output named(Object name) throws Refusal {
    for (var output : values()) {
      if (output.tensorName.equals(name)) {
        return output;
      }
    }
    throw InferRequest.bad(
        "Unknown output \"" + name + "\": this model answers with \"label\" and \"scores\"");
  }

  abstract JsonObject tensor(List<Classification> answers);

  /** The shape in the model's metadata, -1 for the number of points. */
  abstract JsonArray shape();

  JsonObject described(JsonArray shape) {
    return new JsonObject().put("name", tensorName).put("datatype", datatype).put("shape", shape);
  }
}
