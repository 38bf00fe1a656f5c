package dev.greenstick.verdict.held;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.state.HostInfo;
import org.jboss.logging.Logger;

/** Asks other instances over HTTP. Safe for many threads. */
@ApplicationScoped
public class OtherInstances {

  /**
   * The header that says that another instance asks: what is not held is then refused and not asked
   * for elsewhere, so that no question goes in circles.
   */
  public static final String ASKED_BY = "Greenstick-Asked-By";

  private static final Logger LOG = Logger.getLogger(OtherInstances.class);
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final Holders holders;

  OtherInstances(Holders holders) {
    this.holders = holders;
  }

  /** Lets go of the connections. */
  @PreDestroy
  void close() {
    http.shutdownNow();
  }

  /**
   * Asks without waiting.
   *
   * @param pathAndQuery beginning with a slash, encoded
   */
  CompletableFuture<HttpResponse<byte[]>> asking(HostInfo instance, String pathAndQuery) {
    URI there = URI.create("http://" + instance.host() + ":" + instance.port() + pathAndQuery);
    return http.sendAsync(
        HttpRequest.newBuilder(there)
            .timeout(ANSWER)
            .header(ASKED_BY, holders.self().host() + ":" + holders.self().port())
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /**
   * Asks and waits.
   *
   * @throws NotNow when it does not answer
   */
  public HttpResponse<byte[]> ask(HostInfo instance, String pathAndQuery) {
    return await(asking(instance, pathAndQuery), instance);
  }

  static HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, HostInfo instance) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotNow("interrupted while instance " + instance.host() + " was asked");
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        LOG.debugf("instance %s:%d: %s", instance.host(), instance.port(), cause);
        throw new NotNow(
            "instance "
                + instance.host()
                + ":"
                + instance.port()
                + " holds it and does not answer; another takes over when it is given up");
      }
      throw e instanceof CompletionException unchecked
          ? unchecked
          : new CompletionException(e.getCause());
    }
  }
}
