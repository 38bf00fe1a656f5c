package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.MayBeMissing;
import java.util.Objects;

/**
 * One question to a model and the answer that is right.
 *
 * @param inputs the protocol's inputs, verbatim; for Open Inference Protocol v2 the {@code inputs}
 *     array of tensors, for every other protocol the whole body; JSON's null where nothing is sent
 * @param expect the right prediction, held against answers as the probe's {@code compare} says: for
 *     Open Inference Protocol v2 a map from output name to its data, for KServe v1 and MLflow the
 *     {@code predictions}, for TensorFlow Serving the {@code predictions} or {@code outputs}, for
 *     Seldon v1 the array, the tensor, the text or the JSON of the answer, for OpenAI the text, and
 *     for the others the answer, or what {@code options.prediction} finds in it; null where
 *     correctness is not judged for this request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictionRequest(JsonNode inputs, @MayBeMissing JsonNode expect) {

  public PredictionRequest {
    Objects.requireNonNull(inputs, "inputs");
  }
}
