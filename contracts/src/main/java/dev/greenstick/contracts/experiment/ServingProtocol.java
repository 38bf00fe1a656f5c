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

  /** The same over gRPC: {@code inference.GRPCInferenceService}. */
  @JsonProperty("open-inference-v2-grpc")
  OPEN_INFERENCE_V2_GRPC,

  /** KServe's protocol v1: {@code POST /v1/models/M:predict}. */
  @JsonProperty("kserve-v1")
  KSERVE_V1,

  /** TensorFlow Serving over REST: {@code POST /v1/models/M[/versions/V]:predict}. */
  @JsonProperty("tf-serving")
  TF_SERVING,

  /** TorchServe's inference API: {@code POST /predictions/M[/V]}. */
  @JsonProperty("torchserve")
  TORCHSERVE,

  /**
   * Azure Machine Learning's online endpoints, and its web services on AKS: {@code POST /score}.
   */
  @JsonProperty("azureml")
  AZUREML,

  /** MLflow's scoring server: {@code POST /invocations}. */
  @JsonProperty("mlflow")
  MLFLOW,

  /** Seldon Core's protocol v1: {@code POST /api/v1.0/predictions}. */
  @JsonProperty("seldon-v1")
  SELDON_V1,

  /** A BentoML service's API: {@code POST /<api>}. */
  @JsonProperty("bentoml")
  BENTOML,

  /** OpenAI's API, as vLLM and others speak it: chat completions and completions. */
  @JsonProperty("openai")
  OPENAI,

  /** Anything else over HTTP: any method, path, headers and body. */
  @JsonProperty("http")
  HTTP
}
