package dev.greenstick.probe.alert.http;

import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.experiment.AlertFeed.Source;
import dev.greenstick.probe.alert.AlertSource;
import dev.greenstick.probe.alert.Firing;
import dev.greenstick.probe.alert.Sight;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Seen;
import dev.greenstick.probe.predict.http.ClientOptions;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks Prometheus and Alertmanager with Quarkus' REST client, over connections like those of
 * predictions. Redirects are not followed; an answer is bounded in length and time, and what it
 * says is without secrets.
 */
public final class RestAlertSource implements AlertSource {

  /** How long connecting may take, and the whole answer; a look takes twice that at most. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

  private final List<Feed> feeds = new ArrayList<>();
  private final Duration patience;
  private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

  /**
   * @param accesses how each feed is reached, in their order
   * @param patience how long connecting may take, and the whole answer
   */
  public RestAlertSource(List<AlertFeed> feeds, List<Access> accesses, Duration patience) {
    this.patience = patience;
    for (int i = 0; i < feeds.size(); i++) {
      this.feeds.add(new Feed(feeds.get(i), accesses.get(i)));
    }
  }

  @Override
  public CompletionStage<Sight> look(int feed) {
    Feed looked = feeds.get(feed);
    try {
      return CompletableFuture.supplyAsync(looked::look, looks)
          .orTimeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(late -> looked.gaveUp());
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(new Sight.Unanswered("the run is over"));
    }
  }

  @Override
  public void close() {
    closed = true;
    feeds.forEach(Feed::letGo);
    looks.shutdownNow();
  }

  /** One feed and its client, which is made when it is first needed. */
  private final class Feed {

    private final AlertFeed feed;
    private final Access access;
    // Guarded by this.
    private Object client;

    Feed(AlertFeed feed, Access access) {
      this.feed = feed;
      this.access = access;
    }

    Sight look() {
      Object asked = client();
      try {
        return new Sight.Seen(firing(text(ask(asked))));
      } catch (WebApplicationException e) {
        letGo(asked);
        return unanswered("status " + e.getResponse().getStatus());
      } catch (ProcessingException e) {
        letGo(asked);
        return unanswered(String.valueOf(e.getCause() == null ? e : e.getCause()));
      } catch (IOException | IllegalArgumentException e) {
        letGo(asked);
        return unanswered(e.getMessage());
      } catch (RuntimeException e) {
        letGo(asked);
        return unanswered(e.toString());
      }
    }

    Sight gaveUp() {
      letGo();
      return unanswered("no whole answer within " + 2 * patience.toMillis() + " ms");
    }

    private Sight unanswered(String why) {
      return new Sight.Unanswered(Seen.line(access.redaction().in(String.valueOf(why))));
    }

    private InputStream ask(Object client) {
      return switch (feed.source()) {
        case PROMETHEUS ->
            feed.query() == null
                ? ((PrometheusApi) client).alerts()
                : ((PrometheusApi) client).query(feed.query());
        case ALERTMANAGER -> ((AlertmanagerApi) client).alerts(true, true, true);
        case WEBHOOK -> throw new IllegalArgumentException("a webhook is not asked");
      };
    }

    private List<Firing> firing(String answer) {
      return switch (feed.source()) {
        case PROMETHEUS ->
            feed.query() == null
                ? AlertJson.prometheusAlerts(answer)
                : AlertJson.prometheusQuery(feed, answer);
        case ALERTMANAGER -> AlertJson.alertmanager(answer);
        case WEBHOOK -> throw new IllegalArgumentException("a webhook is not asked");
      };
    }

    private String text(InputStream answer) throws IOException {
      byte[] whole = answer.readNBytes(LARGEST_ANSWER + 1);
      if (whole.length > LARGEST_ANSWER) {
        throw new IOException("an answer of more than " + LARGEST_ANSWER + " bytes");
      }
      return new String(access.redaction().in(whole), StandardCharsets.UTF_8);
    }

    private synchronized Object client() {
      if (closed) {
        throw new IllegalStateException("the run is over");
      }
      if (client == null) {
        client =
            QuarkusRestClientBuilder.newBuilder()
                .baseUri(feed.url())
                .connectTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .register(new Reached(access))
                .build(api());
      }
      return client;
    }

    private Class<?> api() {
      return feed.source() == Source.PROMETHEUS ? PrometheusApi.class : AlertmanagerApi.class;
    }

    private synchronized void letGo() {
      letGo(client);
    }

    /** Closes a client and with it whatever still comes; the next look makes another. */
    private synchronized void letGo(Object which) {
      if (which != null && which == client) {
        client = null;
        try {
          ((Closeable) which).close();
        } catch (IOException e) {
          throw new IllegalStateException("closing a client failed", e);
        }
      }
    }
  }

  /** Makes a client reach its server as an access says. */
  private static final class Reached
      implements ContextResolver<HttpClientOptions>, ClientRequestFilter {

    private final Access access;

    Reached(Access access) {
      this.access = access;
    }

    @Override
    public HttpClientOptions getContext(Class<?> type) {
      return ClientOptions.of(access, true);
    }

    @Override
    public void filter(ClientRequestContext request) {
      access.headers().forEach(request.getHeaders()::putSingle);
    }
  }
}
