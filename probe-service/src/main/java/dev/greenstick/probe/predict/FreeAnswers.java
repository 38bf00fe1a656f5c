package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionPath;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions;
import java.util.List;
import java.util.Optional;

/** What protocols have in common that leave the shape of an answer to the model's author. */
final class FreeAnswers {

  private FreeAnswers() {}

  static ProtocolOptions options(Probe probe) {
    return probe.options() == null ? ProtocolOptions.NONE : probe.options();
  }

  /** What cannot be looked for in an answer. */
  static List<Problem> problems(Probe probe) {
    try {
      path(probe);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(new Problem("options.prediction", e.getMessage()));
    }
  }

  private static Optional<PredictionPath> path(Probe probe) {
    return Optional.ofNullable(options(probe).prediction()).map(PredictionPath::of);
  }

  /** Finds what {@code options.prediction} names, or takes the whole answer. */
  static JsonConversation.Extraction extraction(Probe probe) {
    Optional<PredictionPath> path = path(probe);
    return (inputs, answer) -> path.isEmpty() ? answer : found(path.get(), probe, answer);
  }

  private static JsonNode found(PredictionPath path, Probe probe, JsonNode answer)
      throws Malformation {
    return path.in(answer)
        .orElseThrow(() -> new Malformation("nothing at " + options(probe).prediction()));
  }

  /** The path that is given, or the protocol's own. */
  static String orElse(String given, String own) {
    return given == null ? own : given;
  }
}
