package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a model server is asked. */
public enum ServingProtocol {
  /**
   * KServe's Open Inference Protocol v2 over REST, as Triton, MLServer, OpenVINO and KServe speak
   * it.
   */
  @JsonProperty("open-inference-v2")
  OPEN_INFERENCE_V2,

  /** KServe's protocol v1: {@code POST /v1/models/M:predict}. */
  @JsonProperty("kserve-v1")
  KSERVE_V1,

  /** TensorFlow Serving over REST: {@code POST /v1/models/M[/versions/V]:predict}. */
  @JsonProperty("tf-serving")
  TF_SERVING,

  /** TorchServe's inference API: {@code POST /predictions/M[/V]}. */
  @JsonProperty("torchserve")
  TORCHSERVE
}
