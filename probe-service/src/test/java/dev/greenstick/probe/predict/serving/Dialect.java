package dev.greenstick.probe.predict.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ProbeName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One serving protocol as its server speaks it, by the protocol's own published example.
 *
 * @param name tells it in a test's name
 * @param protocol the protocol
 * @param model the model's name; null where the protocol has none
 * @param options what the protocol leaves open; null for nothing
 * @param inputs the example's inputs, as an experiment holds them
 * @param expect the example's prediction
 * @param path path and query that predictions are asked of
 * @param headers what must be among the headers of a question
 * @param body the body that must come; an {@code ID} in it is any text
 * @param right answers with the example's prediction; ID is the question's
 * @param wrong answers that are predictions, and others
 * @param malformed answers that are no predictions of the protocol
 * @param ready questions about readiness and answers that say yes
 * @param notReady answers to the last of these questions that say no
 */
record Dialect(
    String name,
    ServingProtocol protocol,
    String model,
    ProtocolOptions options,
    String inputs,
    String expect,
    String path,
    Map<String, String> headers,
    String body,
    List<Said> right,
    List<Said> wrong,
    List<Said> malformed,
    Map<String, Said> ready,
    List<Said> notReady) {

  static final JsonMapper JSON = new JsonMapper();

  /** An answer of a server. */
  record Said(int status, String type, String body) {

    static Said json(String body) {
      return new Said(200, "application/json", body);
    }

    static Said of(int status, String body) {
      return new Said(status, "application/json", body);
    }

    void answer(HttpServerRequest request, String id) {
      var unused =
          request
              .response()
              .setStatusCode(status)
              .putHeader("Content-Type", type)
              .end(Buffer.buffer(body.replace("ID", id)));
    }
  }

  Probe probe(String url) {
    return new Probe(
        new ProbeName("p"),
        protocol,
        URI.create(url),
        model,
        null,
        1,
        Duration.ofSeconds(10),
        List.of(new PredictionRequest(json(inputs), json(expect))),
        null,
        null,
        null,
        Map.of(),
        options,
        null);
  }

  /** The question's id, empty where the protocol has none. */
  String id(Buffer question) {
    return body.contains("ID") ? json(question.toString()).path("id").asText() : "";
  }

  /** What a question differs in from what is published; empty when in nothing. */
  String difference(HttpServerRequest request, Buffer question) {
    StringBuilder different = new StringBuilder();
    String method = options == null || options.method() == null ? "POST" : options.method();
    if (!request.method().name().equals(method)) {
      different.append(request.method()).append(' ');
    }
    if (!request.uri().equals(path)) {
      different.append(request.uri()).append(' ');
    }
    headers.forEach(
        (header, value) -> {
          if (!value.equals(request.getHeader(header))) {
            different.append(header).append(": ").append(request.getHeader(header)).append(' ');
          }
        });
    String id = id(question);
    if (body.contains("ID") && id.isEmpty()) {
      different.append("no id ");
    }
    boolean same =
        body.isEmpty()
            ? question.length() == 0
            : json(question.toString()).equals(json(body.replace("ID", id)));
    return same ? different.toString() : different.append(question).toString();
  }

  static JsonNode json(String text) {
    try {
      return text == null || text.isEmpty() ? JSON.nullNode() : JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
