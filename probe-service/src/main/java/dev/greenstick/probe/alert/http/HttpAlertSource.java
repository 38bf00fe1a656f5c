package dev.greenstick.probe.alert.http;

import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.probe.alert.AlertSource;
import dev.greenstick.probe.alert.Firing;
import dev.greenstick.probe.alert.Sight;
import dev.greenstick.probe.predict.Seen;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Asks Prometheus and Alertmanager by their HTTP APIs. Redirects are not followed. */
public final class HttpAlertSource implements AlertSource, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public CompletionStage<Sight> look(AlertFeed feed) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address(feed)))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .build();
    return client
        .sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER))
        .orTimeout(2 * PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .<Sight>thenApply(response -> sight(feed, response))
        .exceptionally(HttpAlertSource::unanswered);
  }

  private static String address(AlertFeed feed) {
    String base = feed.url().toString().replaceAll("/+$", "");
    return switch (feed.source()) {
      case PROMETHEUS ->
          feed.query() == null
              ? base + "/api/v1/alerts"
              : base
                  + "/api/v1/query?query="
                  + URLEncoder.encode(feed.query(), StandardCharsets.UTF_8);
      case ALERTMANAGER -> base + "/api/v2/alerts?active=true&silenced=true&inhibited=true";
      case WEBHOOK -> throw new IllegalArgumentException("a webhook is not asked");
    };
  }

  private static Sight sight(AlertFeed feed, HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return new Sight.Unanswered(
          Seen.line("status " + response.statusCode() + " " + Seen.line(response.body())));
    }
    try {
      List<Firing> firing =
          switch (feed.source()) {
            case PROMETHEUS ->
                feed.query() == null
                    ? AlertJson.prometheusAlerts(response.body())
                    : AlertJson.prometheusQuery(feed, response.body());
            case ALERTMANAGER -> AlertJson.alertmanager(response.body());
            case WEBHOOK -> throw new IllegalArgumentException("a webhook is not asked");
          };
      return new Sight.Seen(firing);
    } catch (IllegalArgumentException e) {
      return new Sight.Unanswered(Seen.line(e.getMessage()));
    }
  }

  private static Sight unanswered(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new Sight.Unanswered(
        Seen.line(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
