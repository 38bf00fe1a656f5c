package dev.greenstick.probe.predict.http;

import dev.greenstick.contracts.experiment.Probe;
import io.smallrye.mutiny.Uni;

/**
 * A protocol's own question whether it is ready. Asked for the log alone: what predictions are like
 * is told by predictions.
 */
public interface Readiness {

  /** The readiness questions of a probe's protocol. */
  static Readiness of(Probe probe) {
    return switch (probe.protocol()) {
      case OPEN_INFERENCE_V2 -> new OpenInferenceReadiness();
      case KSERVE_V1 -> new JsonReadiness(JsonReadiness.Kind.KSERVE_V1);
      case TF_SERVING -> new JsonReadiness(JsonReadiness.Kind.TF_SERVING);
      case TORCHSERVE -> new JsonReadiness(JsonReadiness.Kind.TORCHSERVE);
    };
  }

  /** Asks a probe's server; never fails, and answers within the probe's timeout. */
  Uni<Said> ask(Probe probe);

  /**
   * What a server said.
   *
   * @param ready whether it takes itself for ready
   * @param what what was asked and answered, in one bounded line
   */
  record Said(boolean ready, String what) {}
}
