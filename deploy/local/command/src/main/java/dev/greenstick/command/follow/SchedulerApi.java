package dev.greenstick.command.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The scheduler's REST API, as far as one run needs it. */
public final class SchedulerApi {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FIRST_ERROR = 300;
  private static final int NOT_YET = 503;
  private static final int MOST_TRIES = 15;

  private final HttpClient client;
  private final URI base;

  /**
   * @param base the scheduler's URL
   */
  public SchedulerApi(HttpClient client, URI base) {
    this.client = client;
    this.base = base;
  }

  /**
   * Defines an experiment.
   *
   * @throws CouldNotRun with the scheduler's problems when it refuses
   */
  public void define(ExperimentName name, String json) throws CouldNotRun, InterruptedException {
    send(
        "define experiment " + name,
        HttpRequest.newBuilder(base.resolve("/experiments/" + name))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  /**
   * Asks for a run now.
   *
   * @throws CouldNotRun when the scheduler refuses
   */
  public RunId run(ExperimentName name) throws CouldNotRun, InterruptedException {
    JsonNode answer =
        send(
            "run experiment " + name,
            HttpRequest.newBuilder(base.resolve("/experiments/" + name + "/runs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody()));
    String id = answer.path("runs").path(0).path("id").asText();
    if (id.isEmpty()) {
      throw new CouldNotRun("The scheduler named no run: " + answer);
    }
    return RunId.parse(id);
  }

  /**
   * Asks for the end of a run.
   *
   * @throws CouldNotRun when the scheduler refuses
   */
  public void abort(RunId run, String reason) throws CouldNotRun, InterruptedException {
    send(
        "abort run " + run,
        HttpRequest.newBuilder(base.resolve("/runs/" + run + "/abort"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    Json.mapper().createObjectNode().put("reason", reason).toString())));
  }

  private JsonNode send(String what, HttpRequest.Builder request)
      throws CouldNotRun, InterruptedException {
    try {
      HttpResponse<String> response = answer(request.timeout(PATIENCE).build());
      JsonNode body = body(response.body());
      if (response.statusCode() < FIRST_ERROR) {
        return body;
      }
      throw new CouldNotRun(
          "The scheduler did not "
              + what
              + ": "
              + problems(body, "status " + response.statusCode()));
    } catch (IOException e) {
      throw new CouldNotRun("The scheduler did not " + what + ": " + e, e);
    }
  }

  // 503: the scheduler's streams are on the move, and it says when to ask again.
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    for (int i = 0; i < MOST_TRIES && response.statusCode() == NOT_YET; i++) {
      TimeUnit.SECONDS.sleep(response.headers().firstValueAsLong("Retry-After").orElse(1));
      response = client.send(request, BodyHandlers.ofString());
    }
    return response;
  }

  private static JsonNode body(String text) throws IOException {
    return text.stripLeading().startsWith("{")
        ? Json.mapper().readTree(text)
        : Json.mapper().createObjectNode().put("detail", text);
  }

  // RFC 9457, with every problem of the document.
  private static String problems(JsonNode body, String otherwise) {
    String problems =
        body.path("problems")
            .valueStream()
            .map(problem -> problem.path("path").asText() + ": " + problem.path("message").asText())
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      return problems;
    }
    return body.path("detail").asText(body.path("title").asText(otherwise));
  }
}
