package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Anything over HTTP: any method, path and body; text is sent as it is, anything else as JSON. Any
 * status from 200 to 299 is an answer. One whose type says neither JSON nor nothing is its text,
 * unless {@code options.prediction} looks for something in it.
 */
final class PlainHttp implements Protocol {

  @Override
  public List<Problem> problems(Probe probe) {
    return FreeAnswers.problems(probe);
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new Talk(probe);
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    String path = FreeAnswers.options(probe).readiness();
    return path == null
        ? List.of()
        : List.of(ReadyCheck.byStatus("server", Addressing.url(probe, path)));
  }

  private static final class Talk implements Conversation {

    private final List<PredictionRequest> requests;
    private final List<Question> questions;
    private final JsonConversation.Extraction extraction;
    private final boolean jsonOnly;

    Talk(Probe probe) {
      var options = FreeAnswers.options(probe);
      URI url = Addressing.url(probe, FreeAnswers.orElse(options.path(), ""));
      String method = FreeAnswers.orElse(options.method(), "POST");
      boolean typed =
          probe.connection() != null
              && probe.connection().headers().keySet().stream()
                  .anyMatch("content-type"::equalsIgnoreCase);
      this.requests = probe.requests();
      this.questions =
          requests.stream().map(request -> question(method, url, request.inputs(), typed)).toList();
      this.extraction = FreeAnswers.extraction(probe);
      this.jsonOnly = options.prediction() != null;
    }

    private static Question question(String method, URI url, JsonNode inputs, boolean typed) {
      if (inputs.isNull()) {
        return new Question(method, url, Map.of(), new byte[0]);
      }
      byte[] body =
          inputs.isTextual()
              ? inputs.textValue().getBytes(StandardCharsets.UTF_8)
              : JsonConversation.bytes(inputs);
      String type = inputs.isTextual() ? "text/plain;charset=UTF-8" : "application/json";
      return new Question(method, url, typed ? Map.of() : Map.of("Content-Type", type), body);
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
      if (reply.status() < 200 || reply.status() > 299) {
        Optional<Answer> known = Addressing.byStatus(reply);
        return known.orElseThrow();
      }
      PredictionRequest request = requests.get(turn(index));
      try {
        JsonNode answer = isText(reply) ? text(reply) : JsonConversation.tree(reply.body());
        return JsonConversation.predicted(extraction.prediction(request.inputs(), answer));
      } catch (Malformation malformation) {
        return JsonConversation.malformed(malformation, reply.body());
      }
    }

    private boolean isText(Reply reply) {
      String type = reply.header().apply("Content-Type");
      return !jsonOnly && type != null && !type.toLowerCase(Locale.ROOT).contains("json");
    }

    private static JsonNode text(Reply reply) {
      return TextNode.valueOf(new String(reply.body(), StandardCharsets.UTF_8));
    }
  }
}
