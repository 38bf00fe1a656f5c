package dev.greenstick.probe.predict.http;

import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Question;
import dev.greenstick.probe.predict.Reply;
import dev.greenstick.probe.predict.Transport;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Sends the questions of one probe over HTTP/1.1, by default each on a connection of its own, so
 * that predictions spread over the pods behind a service as a proxy of connections spreads them; a
 * kept connection stays with the pod that it once reached. Redirects are not followed. Belongs to
 * one event loop: every method is called there, and answers come there.
 */
public final class HttpTransport implements Transport {

  /** How connections are used. */
  public enum Connections {
    /** A new one for every prediction. */
    NEW,
    /** One is used again once it is free. */
    KEPT
  }

  private final HttpClient client;
  private final Context loop;
  private final int largestReply;

  /**
   * @param most the most questions on their way at once; no pool may hold one back
   * @param largestReply the most bytes of a body that are read
   */
  public HttpTransport(
      Vertx vertx, Context loop, Connections connections, int most, int largestReply) {
    this.loop = loop;
    this.largestReply = largestReply;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(connections == Connections.KEPT)
                .setPipelining(false)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(most));
  }

  @Override
  public Call send(Question question, Duration left, Consumer<Outcome> heard) {
    Exchange exchange = new Exchange(heard);
    client
        .request(options(question, left))
        .onFailure(exchange::broke)
        .onSuccess(request -> exchange.send(request, question.body()));
    return exchange;
  }

  private static RequestOptions options(Question question, Duration left) {
    URI url = question.url();
    boolean tls = "https".equals(url.getScheme());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(question.method()))
            .setSsl(tls)
            .setHost(url.getHost())
            .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
            .setURI(
                url.getRawQuery() == null
                    ? url.getRawPath()
                    : url.getRawPath() + "?" + url.getRawQuery())
            .setConnectTimeout(Math.max(1, left.toMillis()))
            .setFollowRedirects(false);
    question.headers().forEach(options::putHeader);
    return options;
  }

  /** Whether something came that Netty cannot read as HTTP; TLS that fails is no connection. */
  private static boolean isNoHttp(Throwable cause) {
    return cause instanceof IllegalArgumentException
        || (cause instanceof DecoderException && !(cause.getCause() instanceof SSLException));
  }

  @Override
  public void close() {
    client.close();
  }

  /** One question and its answer; on the event loop only. */
  private final class Exchange implements Call {

    private final Buffer body = Buffer.buffer();
    private Consumer<Outcome> heard;
    private HttpClientRequest request;

    Exchange(Consumer<Outcome> heard) {
      this.heard = heard;
    }

    void send(HttpClientRequest request, byte[] question) {
      // Told by the request; the connection would log it once more for every prediction.
      request.connection().exceptionHandler(failure -> {});
      request.exceptionHandler(this::broke);
      if (heard == null) {
        request.reset();
        return;
      }
      this.request = request;
      request.response().onFailure(this::broke).onSuccess(this::receive);
      request.end(Buffer.buffer(question)).onFailure(this::broke);
    }

    private void receive(HttpClientResponse response) {
      response.exceptionHandler(this::broke);
      response.handler(this::read);
      response.endHandler(
          end -> tell(new Outcome.Replied(new Reply(response.statusCode(), body.getBytes()))));
    }

    private void read(Buffer part) {
      if (heard == null) {
        return;
      }
      if (body.length() + part.length() > largestReply) {
        tell(new Outcome.Unusable("an answer of more than " + largestReply + " bytes"));
        abandon();
      } else {
        body.appendBuffer(part);
      }
    }

    private void broke(Throwable cause) {
      if (heard == null) {
        return;
      }
      String detail = cause.getClass().getSimpleName() + ": " + cause.getMessage();
      tell(
          isNoHttp(cause)
              ? new Outcome.Unusable("no HTTP answer: " + detail)
              : new Outcome.Broken(detail));
    }

    private void tell(Outcome outcome) {
      Consumer<Outcome> listener = heard;
      if (listener != null) {
        heard = null;
        // Later, also where the failure came at once: the caller has its call in hand by then.
        loop.runOnContext(later -> listener.accept(outcome));
      }
    }

    @Override
    public void abandon() {
      heard = null;
      if (request != null) {
        request.reset();
      }
    }
  }
}
