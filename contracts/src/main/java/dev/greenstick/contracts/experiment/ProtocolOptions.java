package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;

/**
 * What some protocols leave to whoever asks. Every option is known to some protocols only, and
 * refused with the others.
 *
 * @param path path and query behind the base URL that predictions are asked of, with azureml {@code
 *     /score} and with http {@code /} where it is missing; bentoml needs it: the API's route
 * @param method the HTTP method, with http only; {@code POST} where it is missing
 * @param readiness path behind the base URL that tells whether the server is ready, by status 200;
 *     the protocol's own where it is missing
 * @param prediction where in the answer the prediction is, a JSON path like {@code
 *     $.result[0].label}; the whole answer where it is missing
 * @param deployment the deployment of an azureml online endpoint that must answer; by the
 *     endpoint's traffic rules where it is missing
 * @param api which of openai's APIs is asked; chat where it is missing
 * @param stream whether openai is to answer token by token, so that the time to the first token is
 *     measured
 * @param tensors how open-inference-v2 writes tensors; json where it is missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProtocolOptions(
    @MayBeMissing String path,
    @MayBeMissing String method,
    @MayBeMissing String readiness,
    @MayBeMissing String prediction,
    @MayBeMissing String deployment,
    @MayBeMissing OpenAiApi api,
    @MayBeMissing Boolean stream,
    @MayBeMissing Tensors tensors) {

  /** Nothing is said: every protocol's own ways. */
  public static final ProtocolOptions NONE =
      new ProtocolOptions(null, null, null, null, null, null, null, null);

  /** Which of OpenAI's APIs is asked. */
  public enum OpenAiApi {
    /** {@code POST /v1/chat/completions}. */
    @JsonProperty("chat")
    CHAT,
    /** {@code POST /v1/completions}. */
    @JsonProperty("completions")
    COMPLETIONS
  }

  /** How tensors are written. */
  public enum Tensors {
    /** As JSON, which every server reads. */
    @JsonProperty("json")
    JSON,
    /** By the binary tensor data extension, which Triton, MLServer and KServe read. */
    @JsonProperty("binary")
    BINARY
  }
}
