package dev.greenstick.command.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A model server of the Open Inference Protocol v2, as far as its metadata tell what to ask. */
public final class ModelServer {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  private ModelServer() {}

  /**
   * The metadata of a model.
   *
   * @throws CouldNotRun when the server does not answer with them
   */
  public static JsonNode metadata(HttpClient client, URI target, String model)
      throws CouldNotRun, InterruptedException {
    String base = target.toString().replaceFirst("/+$", "");
    URI url = URI.create(base + "/v2/models/" + model);
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new CouldNotRun(
            url
                + " answers "
                + response.statusCode()
                + " where the model's metadata should be: correct --target and --model, or give --requests FILE");
      }
      return Json.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new CouldNotRun(
          url + " does not answer (" + e + "): correct --target, or give --requests FILE", e);
    }
  }
}
