package dev.greenstick.probe.predict.http;

import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Question;
import dev.greenstick.probe.predict.Reply;
import dev.greenstick.probe.predict.Transport;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/**
 * Sends the questions of one probe over HTTP, by default each on a connection of its own, so that
 * predictions spread over the pods behind a service as a proxy of connections spreads them; a kept
 * connection stays with the pod that it once reached. Redirects are not followed. What comes back
 * is without secrets. Belongs to one event loop: every method is called there, and answers come
 * there.
 */
public final class HttpTransport implements Transport {

  /** How connections are used. */
  public enum Connections {
    /** A new one for every prediction. */
    NEW,
    /** One is used again once it is free, or, over HTTP/2, by many questions at once. */
    KEPT
  }

  private final HttpClient client;
  private final Context loop;
  private final Ticker ticker;
  private final Connections connections;
  private final int largestReply;
  private final Access access;

  /**
   * @param ticker tells when which part of a streamed answer came
   * @param most the most questions on their way at once; no pool may hold one back
   * @param largestReply the most bytes of a body that are read
   */
  public HttpTransport(
      Vertx vertx,
      Context loop,
      Ticker ticker,
      Connections connections,
      int most,
      int largestReply,
      Access access) {
    this.loop = loop;
    this.ticker = ticker;
    this.connections = connections;
    this.largestReply = largestReply;
    this.access = access;
    this.client =
        vertx.createHttpClient(
            ClientOptions.of(access, connections == Connections.KEPT),
            new PoolOptions().setHttp1MaxSize(most).setHttp2MaxSize(most));
  }

  @Override
  public Call send(Question question, Duration left, Consumer<Outcome> heard) {
    Exchange exchange = new Exchange(question.streamed(), heard);
    client
        .request(options(question, left))
        .onFailure(exchange::broke)
        .onSuccess(request -> exchange.send(request, question.body()));
    return exchange;
  }

  private RequestOptions options(Question question, Duration left) {
    URI url = question.url();
    boolean tls = "https".equals(url.getScheme());
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(question.method()))
            .setSsl(tls)
            .setHost(url.getHost())
            .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
            .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
            .setConnectTimeout(Math.max(1, left.toMillis()))
            .setFollowRedirects(false);
    question.headers().forEach(options::putHeader);
    access.headers().forEach(options::putHeader);
    return options;
  }

  /** Whether something came that Netty cannot read as HTTP; TLS that fails is no connection. */
  private static boolean isNoHttp(Throwable cause) {
    return cause instanceof IllegalArgumentException
        || (cause instanceof Http2Exception && !(cause instanceof Http2Exception.StreamException))
        || (cause instanceof DecoderException && !(cause.getCause() instanceof SSLException));
  }

  @Override
  public void close() {
    client.close();
  }

  /** One question and its answer; on the event loop only. */
  private final class Exchange implements Call {

    private final Buffer body = Buffer.buffer();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final boolean streamed;
    private Consumer<Outcome> heard;
    private HttpClientRequest request;
    private HttpClientResponse response;

    private record Arrival(int end, long tick) {}

    Exchange(boolean streamed, Consumer<Outcome> heard) {
      this.streamed = streamed;
      this.heard = heard;
    }

    void send(HttpClientRequest request, byte[] question) {
      // Told by the request; the connection would log it once more for every prediction.
      request.connection().exceptionHandler(failure -> {});
      InterimAnswers.passedOverBy(request.connection());
      request.exceptionHandler(this::broke);
      this.request = request;
      if (heard == null) {
        abandon();
        return;
      }
      if (access.http2() && request.version() != HttpVersion.HTTP_2) {
        tell(new Outcome.Unusable("the server does not agree to HTTP/2"));
        abandon();
        return;
      }
      request.response().onFailure(this::broke).onSuccess(this::receive);
      (question.length == 0 ? request.end() : request.end(Buffer.buffer(question)))
          .onFailure(this::broke);
    }

    private void receive(HttpClientResponse response) {
      this.response = response;
      response.exceptionHandler(this::broke);
      response.handler(this::read);
      response.endHandler(
          end -> {
            tell(new Outcome.Replied(reply()));
            leave();
          });
    }

    private void read(Buffer part) {
      if (heard == null) {
        return;
      }
      if (body.length() + part.length() > largestReply) {
        tell(new Outcome.Unusable("an answer of more than " + largestReply + " bytes"));
        abandon();
        return;
      }
      body.appendBuffer(part);
      if (streamed) {
        arrivals.add(new Arrival(body.length(), ticker.nanos()));
      }
    }

    private Reply reply() {
      UnaryOperator<String> header =
          name -> {
            String value = response.getHeader(name);
            return access.redaction().in(value == null ? response.getTrailer(name) : value);
          };
      return new Reply(
          response.statusCode(),
          header,
          access.redaction().in(body.getBytes()),
          streamed ? parts(ticker.nanos()) : List.of());
    }

    private List<Reply.Part> parts(long now) {
      return arrivals.stream().map(each -> new Reply.Part(each.end, now - each.tick)).toList();
    }

    @Override
    public Optional<Reply> soFar() {
      return response == null ? Optional.empty() : Optional.of(reply());
    }

    private void broke(Throwable cause) {
      if (heard == null) {
        return;
      }
      String detail =
          access.redaction().in(cause.getClass().getSimpleName() + ": " + cause.getMessage());
      tell(
          isNoHttp(cause)
              ? new Outcome.Unusable("no HTTP answer: " + detail)
              : new Outcome.Broken(detail));
      leave();
    }

    private void tell(Outcome outcome) {
      Consumer<Outcome> listener = heard;
      if (listener != null) {
        heard = null;
        // Later, also where the failure came at once: the caller has its call in hand by then.
        loop.runOnContext(later -> listener.accept(outcome));
      }
    }

    /** HTTP/1.1 closes by itself what is not kept; a connection of HTTP/2 would be kept. */
    private void leave() {
      if (access.http2() && connections == Connections.NEW && request != null) {
        var unused = request.connection().close();
      }
    }

    @Override
    public void abandon() {
      heard = null;
      if (request != null) {
        request.reset();
        leave();
      }
    }
  }
}
