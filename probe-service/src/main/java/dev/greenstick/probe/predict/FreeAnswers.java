package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionPath;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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

  /**
   * The same where a model may answer text as it is: then that is the whole answer, if it says that
   * it is plain text. A page of something in between says otherwise.
   */
  static JsonConversation.Extraction extractionOrText(Probe probe) {
    JsonConversation.Extraction extraction = extraction(probe);
    boolean mayBeText = path(probe).isEmpty();
    return new JsonConversation.Extraction() {
      @Override
      public JsonNode document(Reply reply) throws Malformation {
        return mayBeText && isPlainText(reply)
            ? TextNode.valueOf(new String(reply.body(), StandardCharsets.UTF_8))
            : extraction.document(reply);
      }

      @Override
      public JsonNode prediction(JsonNode inputs, JsonNode answer) throws Malformation {
        return extraction.prediction(inputs, answer);
      }
    };
  }

  private static boolean isPlainText(Reply reply) {
    String type = reply.header().apply("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/plain");
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
