package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.access.Credentials;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.access.Tokens;
import dev.greenstick.sandbox.kubelet.ContainerCommands;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ServedTypes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS front: finds out who asks, answers discovery itself, hands the rest to {@link
 * Requests}.
 */
public final class ApiServer {

  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final long BODY_LIMIT = 3 * 1024 * 1024;

  private final Vertx vertx;
  private final Tokens tokens;
  private final Requests requests;
  private final ServedTypes types;
  private volatile Interference interference = Interference.NONE;
  private HttpServer server;

  public ApiServer(
      Vertx vertx,
      Resources resources,
      Tokens tokens,
      Roles roles,
      ContainerLogs logs,
      ContainerCommands commands,
      InstantSource clock) {
    this.vertx = vertx;
    this.tokens = tokens;
    this.types = new ServedTypes(resources.store());
    this.requests = new Requests(vertx, resources, roles, logs, commands, clock);
  }

  /**
   * Listens on the loopback address.
   *
   * @param port 0 for any
   * @return the port, once it listens
   */
  public Future<Integer> start(int port, Credentials credentials) {
    return listen(
        options(port)
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(credentials.certificate()))
                    .addKeyValue(Buffer.buffer(credentials.privateKey()))));
  }

  /**
   * Listens on the loopback address without encryption, for clients that start thousands of
   * servers.
   *
   * @param port 0 for any
   * @return the port, once it listens
   */
  public Future<Integer> startUnencrypted(int port) {
    return listen(options(port));
  }

  private static HttpServerOptions options(int port) {
    return new HttpServerOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setMaxHeaderSize(32 * 1024)
        .setMaxInitialLineLength(16 * 1024)
        .setTcpNoDelay(true)
        .setWebSocketSubProtocols(List.of(ExecStream.V5, ExecStream.V4, "base64.binary.k8s.io"));
  }

  private Future<Integer> listen(HttpServerOptions options) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
    router.route().handler(this::interfere);
    router.route().handler(this::handle);
    router.route().failureHandler(ApiServer::fail);
    server = vertx.createHttpServer(options);
    return server.requestHandler(router).listen().map(HttpServer::actualPort);
  }

  /** From now on requests are interfered with like this. */
  public void interfere(Interference next) {
    interference = next;
  }

  /**
   * Breaks the connection of every watch, as a proxy between does that has been restarted.
   *
   * @return how many there were, once they are broken
   */
  public Future<Integer> dropWatches() {
    return requests.onWatches(WatchStream::drop);
  }

  /**
   * Sends a bookmark to every watch that wants them, without waiting for the next one due.
   *
   * @return how many watches there are, once it is sent
   */
  public Future<Integer> bookmarkWatches() {
    return requests.onWatches(WatchStream::bookmark);
  }

  /** Stops listening and ends all watches. */
  public Future<Void> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void interfere(RoutingContext exchange) {
    HttpConnection connection = exchange.request().connection();
    switch (interference.befalls(exchange.request().method().name(), exchange.request().uri())) {
      case Interference.Mishap.None _ -> exchange.next();
      case Interference.Mishap.Answered answered ->
          throw Refusal.plain(
              answered.code(), answered.reason(), "interfered with: " + answered.reason());
      case Interference.Mishap.Lost lost -> {
        if (lost.carriedOut()) {
          exchange.addHeadersEndHandler(answering -> connection.close());
          exchange.next();
        } else {
          connection.close();
        }
      }
      case Interference.Mishap.Late late -> {
        connection.close();
        Context context = vertx.getOrCreateContext();
        late.later().accept(() -> carryOut(exchange, context));
      }
    }
  }

  private static void carryOut(RoutingContext exchange, Context context) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        ignored -> {
          try {
            exchange.next();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    done.join();
  }

  private void handle(RoutingContext exchange) {
    String path = exchange.request().path();
    if (List.of("/healthz", "/livez", "/readyz").contains(path)) {
      exchange.response().putHeader("Content-Type", "text/plain").end("ok");
      return;
    }
    Subject subject = authenticate(exchange);
    Optional<ObjectNode> discovered =
        Discovery.answer(path, exchange.request().localAddress().toString(), types.all());
    if (discovered.isPresent()) {
      String accept = exchange.request().getHeader("Accept");
      if (path.startsWith("/openapi/v2") && accept != null && !accept.contains("json")) {
        throw Refusal.plain(406, "NotAcceptable", "OpenAPI is served as application/json only");
      }
      write(exchange.response(), 200, discovered.get());
      return;
    }
    RequestPath resource = RequestPath.parse(path).orElseThrow(Refusal::noSuchResource);
    requests.handle(exchange, resource, subject);
  }

  private Subject authenticate(RoutingContext exchange) {
    String header = exchange.request().getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      Optional<Subject> subject = tokens.subjectOf(header.substring(7).strip());
      if (subject.isPresent()) {
        return impersonated(exchange, subject.get());
      }
    }
    throw Refusal.plain(401, "Unauthorized", "Unauthorized");
  }

  /** {@code kubectl --as}: only the one who may do everything may be somebody else. */
  private static Subject impersonated(RoutingContext exchange, Subject subject) {
    String user = exchange.request().getHeader("Impersonate-User");
    if (user == null) {
      return subject;
    }
    if (!subject.equals(Subject.ADMIN)) {
      throw Refusal.denied(
          "users",
          "",
          user,
          "users \"%s\" is forbidden: User \"%s\" cannot impersonate resource \"users\" in API group"
                  .formatted(user, subject.user())
              + " \"\" at the cluster scope");
    }
    return Subject.named(user, exchange.request().headers().getAll("Impersonate-Group"));
  }

  static void write(HttpServerResponse response, int code, JsonNode body) {
    try {
      response
          .setStatusCode(code)
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-cache, private")
          .end(Buffer.buffer(Json.MAPPER.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fail(RoutingContext exchange) {
    Refusal refusal =
        switch (exchange.failure()) {
          case Refusal known -> known;
          case null ->
              Refusal.plain(
                  exchange.statusCode(),
                  exchange.statusCode() == 413 ? "RequestEntityTooLarge" : "BadRequest",
                  "the request cannot be read: HTTP " + exchange.statusCode());
          case Throwable failure -> {
            LOG.error(
                "{} {} failed", exchange.request().method(), exchange.request().uri(), failure);
            yield Refusal.plain(500, "InternalError", "Internal error occurred: " + failure);
          }
        };
    HttpServerResponse response = exchange.response();
    if (response.headWritten()) {
      response.reset();
      return;
    }
    ObjectNode status = Json.MAPPER.valueToTree(refusal.status());
    status.put("kind", "Status").put("apiVersion", "v1").withObjectProperty("metadata");
    if (refusal.code() == 429) {
      response.putHeader("Retry-After", "10");
    }
    write(response, refusal.code(), status);
  }
}
