package dev.greenstick.probe.predict;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import java.util.List;

/** How one kind of model server is asked. Safe for many threads. */
public interface Protocol {

  /** The protocol that speaks a name of the contracts. */
  static Protocol of(ServingProtocol name) {
    return switch (name) {
      case OPEN_INFERENCE_V2 -> new OpenInferenceV2();
      case OPEN_INFERENCE_V2_GRPC -> new OpenInferenceV2Grpc();
      case KSERVE_V1 -> new KserveV1();
      case TF_SERVING -> new TensorFlowServing();
      case TORCHSERVE -> new TorchServe();
      case AZUREML -> new AzureMl();
      case MLFLOW -> new MlFlow();
      case SELDON_V1 -> new SeldonV1();
      case BENTOML -> new BentoMl();
      case OPENAI -> new OpenAi();
      case HTTP -> new PlainHttp();
    };
  }

  /**
   * Everything in a probe's requests and expectations that this protocol cannot ask or compare,
   * with paths relative to the probe; empty when there is nothing.
   */
  List<Problem> problems(Probe probe);

  /**
   * Prepares a probe's questions.
   *
   * @param probe a probe without problems
   * @param idPrefix what every question's id begins with, so that a server's log can be searched
   *     for a run
   */
  Conversation with(Probe probe, String idPrefix);

  /** Whether it can be spoken over HTTP/2 alone. */
  default boolean needsHttp2() {
    return false;
  }

  /** What tells whether a probe's server is ready; empty where nothing does. */
  List<ReadyCheck> readiness(Probe probe);
}
