package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.MayBeMissing;
import java.util.Objects;

/**
 * One question to a model and the answer that is right.
 *
 * @param inputs the protocol's inputs, verbatim; for Open Inference Protocol v2 the {@code inputs}
 *     array of tensors
 * @param expect the right prediction: for Open Inference Protocol v2 a map from output name to its
 *     data, numbers within {@code 1e-6} relative; null where correctness is not judged for this
 *     request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictionRequest(JsonNode inputs, @MayBeMissing JsonNode expect) {

  public PredictionRequest {
    Objects.requireNonNull(inputs, "inputs");
  }
}
