package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions.OpenAiApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/chat">chat completions</a> and
 * completions, as vLLM and others speak them. The prediction is the text of the first choice. The
 * probe's model is put into each body, and a temperature of 0, unless they are there: what is
 * sampled is never twice the same. Streamed, the text is what its events add up to.
 */
final class OpenAi implements Protocol {

  /** Longer texts are no label: a window tells few apart. */
  private static final int LONGEST_LABEL = 60;

  @Override
  public List<Problem> problems(Probe probe) {
    List<Problem> problems =
        new ArrayList<>(JsonConversation.problems(probe, isChat(probe) ? "messages" : "prompt"));
    if (probe.model() == null) {
      problems.add(new Problem("model", "must be the name of a model"));
    }
    return problems;
  }

  private static boolean isChat(Probe probe) {
    return FreeAnswers.options(probe).api() != OpenAiApi.COMPLETIONS;
  }

  private static boolean isStreamed(Probe probe) {
    return Boolean.TRUE.equals(FreeAnswers.options(probe).stream());
  }

  @Override
  public Conversation with(Probe probe, String idPrefix) {
    return new Talk(probe);
  }

  /** A base URL may end in {@code /v1}, as OpenAI's own clients want it. */
  private static URI url(Probe probe, String path) {
    String base = probe.url().getRawPath();
    boolean versioned = base != null && (base.endsWith("/v1") || base.endsWith("/v1/"));
    return Addressing.url(probe, versioned ? path : "/v1" + path);
  }

  @Override
  public List<ReadyCheck> readiness(Probe probe) {
    return List.of(
        new ReadyCheck(
            "model " + probe.model(),
            Question.get(url(probe, "/models")),
            reply ->
                reply.status() == 200
                    && JsonConversation.treeOrEmpty(reply.body())
                        .path("data")
                        .findValuesAsText("id")
                        .contains(probe.model())));
  }

  private static final class Talk implements Conversation {

    private final boolean chat;
    private final boolean streamed;
    private final List<Question> questions;

    Talk(Probe probe) {
      this.chat = OpenAi.isChat(probe);
      this.streamed = OpenAi.isStreamed(probe);
      URI url = url(probe, chat ? "/chat/completions" : "/completions");
      Map<String, String> headers =
          Map.of(
              "Content-Type",
              "application/json",
              "Accept",
              streamed ? "text/event-stream" : "application/json");
      this.questions =
          probe.requests().stream()
              .map(request -> new Question("POST", url, headers, body(probe, request), streamed))
              .toList();
    }

    private byte[] body(Probe probe, PredictionRequest request) {
      ObjectNode body = request.inputs().deepCopy();
      if (!body.has("model")) {
        body.put("model", probe.model());
      }
      if (!body.has("temperature")) {
        body.put("temperature", 0);
      }
      if (streamed) {
        body.put("stream", true);
      }
      return JsonConversation.bytes(body);
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
      Optional<Answer> known = Addressing.byStatus(reply);
      if (known.isPresent()) {
        return known.get();
      }
      try {
        String text =
            streamed ? streamed(reply.body()) : whole(JsonConversation.tree(reply.body()));
        boolean label = !text.isBlank() && text.length() <= LONGEST_LABEL;
        return new Answer.Ok(label ? List.of(text.strip()) : List.of(), TextNode.valueOf(text));
      } catch (Malformation malformation) {
        return JsonConversation.malformed(malformation, reply.body());
      }
    }

    private String whole(JsonNode answer) throws Malformation {
      JsonNode choice = firstChoice(answer);
      JsonNode text = chat ? choice.path("message").path("content") : choice.path("text");
      if (!text.isTextual()) {
        throw new Malformation("no text in the first choice");
      }
      return text.textValue();
    }

    private static JsonNode firstChoice(JsonNode answer) throws Malformation {
      JsonNode choices = JsonConversation.field(answer, "choices");
      if (!choices.isArray() || choices.isEmpty()) {
        throw new Malformation("no choices");
      }
      return choices.get(0);
    }

    private String streamed(byte[] body) throws Malformation {
      StringBuilder text = new StringBuilder();
      boolean finished = false;
      for (ServerSentEvents.Data data : ServerSentEvents.of(body)) {
        if (data.text().equals(ServerSentEvents.DONE)) {
          finished = true;
          continue;
        }
        JsonNode event = JsonConversation.tree(data.bytes());
        text.append(token(event));
        finished |= event.path("choices").path(0).hasNonNull("finish_reason");
      }
      if (!finished) {
        throw new Malformation("a stream that does not finish");
      }
      return text.toString();
    }

    /** What an event adds to the text: nothing for one that tells the role, or the usage. */
    private String token(JsonNode event) throws Malformation {
      if (!event.isObject()) {
        throw new Malformation("an event that is no JSON object");
      }
      if (event.hasNonNull("error")) {
        throw new Malformation("an error with status 200");
      }
      JsonNode choice = event.path("choices").path(0);
      JsonNode token = chat ? choice.path("delta").path("content") : choice.path("text");
      return token.isTextual() ? token.textValue() : "";
    }

    @Override
    public boolean isStreamed() {
      return streamed;
    }

    @Override
    public long firstTokenNanosBeforeEnd(Reply reply) {
      if (reply.status() != 200) {
        return NO_TOKEN;
      }
      for (ServerSentEvents.Data data : ServerSentEvents.of(reply.body())) {
        try {
          if (!data.text().equals(ServerSentEvents.DONE)
              && !token(JsonConversation.tree(data.bytes())).isEmpty()) {
            return before(reply.parts(), data.end());
          }
        } catch (Malformation malformation) {
          return NO_TOKEN;
        }
      }
      return NO_TOKEN;
    }

    private static long before(List<Reply.Part> parts, int end) {
      for (Reply.Part part : parts) {
        if (part.end() >= end) {
          return part.nanosBeforeEnd();
        }
      }
      return NO_TOKEN;
    }
  }
}
