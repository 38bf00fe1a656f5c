package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a model server is asked. */
public enum ServingProtocol {
  /**
   * KServe's Open Inference Protocol v2 over REST, as Triton, MLServer, OpenVINO and KServe speak
   * it.
   */
  @JsonProperty("open-inference-v2")
  OPEN_INFERENCE_V2
}
