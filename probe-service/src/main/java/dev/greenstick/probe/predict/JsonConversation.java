package dev.greenstick.probe.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A protocol that sends each request's inputs as they are, and whose answers are one JSON document.
 * Nothing in it ties an answer to its question but the connection.
 */
final class JsonConversation implements Conversation {

  /** Where in an answer the prediction is. */
  interface Extraction {

    /** What a reply holds: one JSON document. */
    default JsonNode document(Reply reply) throws Malformation {
      return tree(reply.body());
    }

    /** The prediction in the answer to a body. */
    JsonNode prediction(JsonNode inputs, JsonNode answer) throws Malformation;
  }

  /** TensorFlow Serving, and models behind the others, write bare NaN and Infinity. */
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Accept", "application/json");

  private final List<PredictionRequest> requests;
  private final List<Question> questions;
  private final Function<Reply, Optional<Answer>> byStatus;
  private final Extraction extraction;

  /** Posts the inputs to a path behind the probe's base URL. */
  JsonConversation(Probe probe, String path, Extraction extraction) {
    this(probe, path, Map.of(), Addressing::byStatus, extraction);
  }

  /** The same with further headers, and with what a status means. */
  JsonConversation(
      Probe probe,
      String path,
      Map<String, String> headers,
      Function<Reply, Optional<Answer>> byStatus,
      Extraction extraction) {
    URI url = Addressing.url(probe, path);
    Map<String, String> all = new LinkedHashMap<>(HEADERS);
    all.putAll(headers);
    this.requests = probe.requests();
    this.questions =
        requests.stream()
            .map(request -> new Question("POST", url, all, bytes(request.inputs())))
            .toList();
    this.byStatus = byStatus;
    this.extraction = extraction;
  }

  static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Question ask(long index) {
    return questions.get(turn(index));
  }

  private int turn(long index) {
    return (int) (index % questions.size());
  }

  @Override
  public Answer read(long index, Reply reply) {
    Optional<Answer> known = byStatus.apply(reply);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      PredictionRequest request = requests.get(turn(index));
      return predicted(extraction.prediction(request.inputs(), extraction.document(reply)));
    } catch (Malformation malformation) {
      return malformed(malformation, reply.body());
    }
  }

  /** A body's one JSON document. */
  static JsonNode tree(byte[] body) throws Malformation {
    try {
      JsonNode answer = READER.readTree(body);
      if (answer.isMissingNode() || answer.isNull()) {
        throw new Malformation("nothing");
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new Malformation("no JSON");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /** A body's one JSON document, empty where it is none. */
  static JsonNode treeOrEmpty(byte[] body) {
    try {
      return tree(body);
    } catch (Malformation malformation) {
      return READER.createObjectNode();
    }
  }

  static Answer malformed(Malformation malformation, byte[] body) {
    return new Answer.Malformed(Seen.line(malformation.getMessage() + ": " + Seen.line(body)));
  }

  static Answer predicted(JsonNode prediction) {
    List<String> labels = new ArrayList<>();
    collectLabels(prediction, labels);
    return new Answer.Ok(labels, prediction);
  }

  /** Strings are labels, wherever they stand; numbers are not. */
  private static void collectLabels(JsonNode node, List<String> into) {
    if (node.isTextual()) {
      into.add(node.textValue());
    }
    node.forEach(child -> collectLabels(child, into));
  }

  /** The requests whose body is no object with exactly one of these fields. */
  static List<Problem> problems(Probe probe, String... oneOf) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < probe.requests().size(); i++) {
      JsonNode inputs = probe.requests().get(i).inputs();
      if (Arrays.stream(oneOf).filter(inputs::hasNonNull).count() != 1) {
        problems.add(
            new Problem(
                "requests[" + i + "].inputs",
                "must be the whole body, an object with " + String.join(" or ", oneOf)));
      }
    }
    return problems;
  }

  /** The field of an answer that holds its prediction. */
  static JsonNode field(JsonNode answer, String name) throws Malformation {
    if (!answer.isObject()) {
      throw new Malformation("no JSON object");
    }
    if (answer.hasNonNull("error")) {
      throw new Malformation("an error with status 200");
    }
    if (!answer.hasNonNull(name)) {
      throw new Malformation("no " + name);
    }
    return answer.get(name);
  }

  /** The predictions of an answer, as many as there were rows asked for. */
  static JsonNode predictions(JsonNode rows, JsonNode answer) throws Malformation {
    JsonNode predictions = field(answer, "predictions");
    if (!predictions.isArray() || predictions.size() != rows.size()) {
      throw new Malformation("not a list of %d predictions".formatted(rows.size()));
    }
    return predictions;
  }
}
