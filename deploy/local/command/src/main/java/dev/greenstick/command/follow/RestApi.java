package dev.greenstick.command.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A service's REST API: JSON both ways, problem details (RFC 9457) where it refuses. */
public final class RestApi {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String USER = "X-Greenstick-User";
  private static final int FIRST_ERROR = 300;
  private static final int NOT_FOUND = 404;
  private static final int NOT_YET = 503;
  private static final int MOST_TRIES = 15;

  private final HttpClient client;
  private final String service;
  private final URI base;
  private final Optional<String> user;

  /**
   * @param client follows redirects where several instances share the state
   * @param service what it is called in errors: {@code scheduler}
   * @param base its URL
   * @param user who asks, as events will say it
   */
  public RestApi(HttpClient client, String service, URI base, Optional<String> user) {
    this.client = client;
    this.service = service;
    this.base = base;
    this.user = user;
  }

  /**
   * What is at a path; empty when nothing is.
   *
   * @throws CouldNotRun when the service refuses or does not answer
   */
  public Optional<JsonNode> find(String what, String path)
      throws CouldNotRun, InterruptedException {
    HttpResponse<String> response = answer(what, request(path).GET());
    return response.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(checked(what, response));
  }

  /**
   * Deletes what is at a path; whether there was something.
   *
   * @throws CouldNotRun when the service refuses or does not answer
   */
  public boolean delete(String what, String path) throws CouldNotRun, InterruptedException {
    HttpResponse<String> response = answer(what, request(path).DELETE());
    if (response.statusCode() == NOT_FOUND) {
      return false;
    }
    checked(what, response);
    return true;
  }

  /**
   * Sends a body, which may be empty; what is answered.
   *
   * @param what what is to be done, as an error says it: {@code run experiment x}
   * @throws CouldNotRun with the service's problems when it refuses, or does not answer
   */
  public JsonNode send(String what, String method, String path, String mediaType, String body)
      throws CouldNotRun, InterruptedException {
    return checked(
        what,
        answer(
            what,
            request(path)
                .header("Content-Type", mediaType)
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    user.ifPresent(name -> request.header(USER, name));
    return request;
  }

  // 503: the service's streams are on the move, and it says when to ask again.
  private HttpResponse<String> answer(String what, HttpRequest.Builder written)
      throws CouldNotRun, InterruptedException {
    HttpRequest request = written.build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      for (int i = 0; i < MOST_TRIES && response.statusCode() == NOT_YET; i++) {
        TimeUnit.SECONDS.sleep(response.headers().firstValueAsLong("Retry-After").orElse(1));
        response = client.send(request, BodyHandlers.ofString());
      }
      return response;
    } catch (ConnectException e) {
      throw new CouldNotRun(
          "The %s did not %s: nobody answers at %s".formatted(service, what, base), e);
    } catch (IOException e) {
      throw new CouldNotRun("The %s did not %s: %s".formatted(service, what, e), e);
    }
  }

  private JsonNode checked(String what, HttpResponse<String> response) throws CouldNotRun {
    JsonNode body = body(response.body());
    if (response.statusCode() < FIRST_ERROR) {
      return body;
    }
    throw new CouldNotRun(
        "The %s did not %s: %s"
            .formatted(service, what, problems(body, "status " + response.statusCode())));
  }

  private static JsonNode body(String text) {
    try {
      if (text.stripLeading().startsWith("{")) {
        return Json.mapper().readTree(text);
      }
    } catch (IOException e) {
      // Told as what it says.
    }
    return Json.mapper().createObjectNode().put("detail", text);
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
    String detail = body.path("detail").asText(body.path("title").asText(""));
    return detail.isBlank() ? otherwise : detail;
  }
}
