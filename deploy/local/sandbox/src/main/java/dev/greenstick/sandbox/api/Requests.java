package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.access.AccessRequest;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.kubelet.ContainerCommands;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.ServedTypes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/** Requests for resources: checks that they are allowed, then reads, writes or watches. */
final class Requests {

  /** Where the ends of commands' pipes are waited for. */
  private static final Executor BLOCKING =
      command -> Thread.ofVirtual().name("exec").start(command);

  private final Vertx vertx;
  private final Resources resources;
  private final Roles roles;
  private final ContainerLogs logs;
  private final ContainerCommands commands;
  private final InstantSource clock;
  private final Writes writes;
  private final ServedTypes types;
  private final Set<WatchStream> watches = ConcurrentHashMap.newKeySet();

  Requests(
      Vertx vertx,
      Resources resources,
      Roles roles,
      ContainerLogs logs,
      ContainerCommands commands,
      InstantSource clock) {
    this.vertx = vertx;
    this.resources = resources;
    this.roles = roles;
    this.logs = logs;
    this.commands = commands;
    this.clock = clock;
    this.types = new ServedTypes(resources.store());
    this.writes = new Writes(resources, clock);
  }

  void handle(RoutingContext exchange, RequestPath path, Subject subject) {
    HttpServerRequest request = exchange.request();
    Query query = new Query(exchange.queryParams());
    String verb = verb(request, path, query);
    if (Reviews.isReview(path) && verb.equals("create")) {
      ApiServer.write(
          exchange.response(), 201, Reviews.answer(path, body(exchange).object(), subject, roles));
      return;
    }
    authorize(verb, path, subject);
    ResourceType type =
        types
            .find(path.group(), path.version(), path.resource())
            .filter(
                found ->
                    path.subresource().isEmpty()
                        || found.subresources().contains(path.subresource()))
            .orElseThrow(Refusal::noSuchResource);
    if (!type.namespaced() && !path.namespace().isEmpty()) {
      throw Refusal.noSuchResource();
    }
    if (path.subresource().equals("exec") && verb.equals("get")) {
      // WebSockets begin with GET; since 1.35 running a command needs the right to create it too.
      authorize("create", path, subject);
    }
    Key key = new Key(type, path.namespace(), path.name());
    if (verb.equals("watch")) {
      watch(exchange, type, path, query);
    } else if (path.subresource().isEmpty()) {
      main(exchange, verb, key, query);
    } else {
      subresource(exchange, verb, path.subresource(), key, query);
    }
  }

  private static String verb(HttpServerRequest request, RequestPath path, Query query) {
    boolean one = !path.name().isEmpty();
    return switch (request.method().name()) {
      case "GET", "HEAD" ->
          query.flag("watch") && path.subresource().isEmpty() ? "watch" : one ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> throw notAllowed();
    };
  }

  private void authorize(String verb, RequestPath path, Subject subject) {
    // As apiserver has it, a request about a namespace is one in that namespace too.
    String namespace = path.resource().equals("namespaces") ? path.name() : path.namespace();
    AccessRequest asked =
        new AccessRequest(verb, path.group(), path.qualifiedResource(), namespace, path.name());
    if (roles.allows(subject, asked)) {
      return;
    }
    String qualified =
        path.group().isEmpty() ? path.resource() : path.resource() + "." + path.group();
    String message =
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                qualified,
                path.name().isEmpty() ? "" : " \"" + path.name() + "\"",
                subject.user(),
                verb,
                path.qualifiedResource(),
                path.group(),
                namespace.isEmpty()
                    ? "at the cluster scope"
                    : "in the namespace \"" + namespace + "\"");
    throw Refusal.denied(path.resource(), path.group(), path.name(), message);
  }

  private void main(RoutingContext exchange, String verb, Key key, Query query) {
    switch (verb) {
      case "get" -> respond(exchange, 200, key.type(), existing(key), query);
      case "list" -> {
        Listing listing = Listing.read(resources.store(), key.type(), key.namespace(), query);
        ApiServer.write(
            exchange.response(),
            200,
            representation(exchange).of(key.type(), listing, query, clock.instant()));
      }
      case "create" -> {
        if (!key.name().isEmpty()) {
          throw notAllowed();
        }
        respond(
            exchange,
            key.type(),
            writes.create(key.type(), key.namespace(), body(exchange), query),
            query);
      }
      case "update" ->
          respond(
              exchange, key.type(), writes.replace(key, Part.MAIN, body(exchange), query), query);
      case "patch" ->
          respond(exchange, key.type(), writes.patch(key, Part.MAIN, body(exchange), query), query);
      case "delete" -> delete(exchange, key, query);
      case "deletecollection" -> deleteAll(exchange, key, query);
      default -> throw notAllowed();
    }
  }

  private void subresource(
      RoutingContext exchange, String verb, String subresource, Key key, Query query) {
    switch (subresource) {
      case "status", "finalize" -> part(exchange, verb, Part.STATUS, key, query);
      case "scale" -> {
        switch (verb) {
          case "get" -> ApiServer.write(exchange.response(), 200, Scale.of(existing(key)));
          case "update", "patch" -> {
            Writes.Written scaled = writes.scale(key, body(exchange), query, verb.equals("patch"));
            ApiServer.write(exchange.response(), scaled.code(), scaled.object());
          }
          default -> throw notAllowed();
        }
      }
      case "eviction" -> {
        Writes.Body body = body(exchange);
        ObjectNode eviction = body.object();
        ObjectNode options = eviction.withObjectProperty("deleteOptions");
        Writes.Body optionsBody =
            new Writes.Body(
                options.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "application/json");
        Eviction.evict(
            resources,
            key,
            Writes.deletion(optionsBody, query),
            Writes.dryRun(optionsBody, query),
            clock.instant());
        ApiServer.write(
            exchange.response(),
            201,
            Json.MAPPER
                .createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Success")
                .put("code", 201));
      }
      case "log" -> LogStream.answer(vertx, exchange.response(), existing(key), query, logs, clock);
      case "exec" -> exec(exchange, existing(key), query);
      case "ephemeralcontainers" -> {
        requireIsolation(key);
        part(exchange, verb, Part.EPHEMERAL, key, query);
      }
      default -> throw Refusal.noSuchResource();
    }
  }

  private void requireIsolation(Key key) {
    if (!commands.possible()) {
      throw Refusal.plain(
          501,
          "NotImplemented",
          "pods \"%s\": the containers of this sandbox are bare processes, which nothing else can be run in; start it isolated"
              .formatted(key.name()));
    }
  }

  private void exec(RoutingContext exchange, ObjectNode pod, Query query) {
    requireIsolation(Key.of(ResourceTypes.PODS, pod));
    HttpServerRequest request = exchange.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw Refusal.badRequest("Upgrade request required");
    }
    List<String> command = query.all("command");
    if (command.isEmpty()) {
      throw Refusal.badRequest("you must specify at least 1 command for the container");
    }
    String container =
        query.text("container").isEmpty()
            ? pod.path("spec").path("containers").path(0).path("name").asText()
            : query.text("container");
    Context context = vertx.getOrCreateContext();
    // A request that has been read to its end can no longer become a WebSocket.
    request.pause();
    var _ =
        commands
            .start(Json.uid(pod), container, command)
            .whenComplete(
                (process, problem) ->
                    context.runOnContext(ignored -> upgrade(exchange, context, process, problem)));
  }

  private void upgrade(
      RoutingContext exchange, Context context, Process process, Throwable problem) {
    if (problem instanceof Refusal refusal) {
      exchange.fail(refusal);
      return;
    }
    exchange
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> {
              ExecStream stream = new ExecStream(socket, context, BLOCKING);
              if (process == null) {
                stream.fail(problem.getMessage());
              } else {
                stream.connect(process);
              }
            })
        .onFailure(
            failure -> {
              if (process != null) {
                process.destroyForcibly();
              }
              exchange.fail(failure);
            });
  }

  private void part(RoutingContext exchange, String verb, Part part, Key key, Query query) {
    switch (verb) {
      case "get" -> respond(exchange, 200, key.type(), existing(key), query);
      case "update" ->
          respond(exchange, key.type(), writes.replace(key, part, body(exchange), query), query);
      case "patch" ->
          respond(exchange, key.type(), writes.patch(key, part, body(exchange), query), query);
      default -> throw notAllowed();
    }
  }

  private void delete(RoutingContext exchange, Key key, Query query) {
    Writes.Body body = body(exchange);
    Deletion.Outcome outcome =
        resources.delete(key, Writes.deletion(body, query), Writes.dryRun(body, query));
    if (!outcome.gone()) {
      respond(exchange, 200, key.type(), outcome.object(), query);
      return;
    }
    ObjectNode status = Json.MAPPER.createObjectNode();
    status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
    status.putObject("metadata");
    ObjectNode details = status.putObject("details").put("name", key.name());
    if (!key.type().group().isEmpty()) {
      details.put("group", key.type().group());
    }
    details.put("kind", key.type().plural()).put("uid", Json.uid(outcome.object()));
    ApiServer.write(exchange.response(), 200, status);
  }

  private void deleteAll(RoutingContext exchange, Key key, Query query) {
    Writes.Body body = body(exchange);
    Listing listing = Listing.read(resources.store(), key.type(), key.namespace(), query);
    for (ObjectNode object : listing.items()) {
      try {
        resources.delete(
            Key.of(key.type(), object), Writes.deletion(body, query), Writes.dryRun(body, query));
      } catch (Refusal refusal) {
        if (refusal.code() != 404) {
          throw refusal;
        }
      }
    }
    ApiServer.write(exchange.response(), 200, listing.body(key.type()));
  }

  private void watch(RoutingContext exchange, ResourceType type, RequestPath path, Query query) {
    Predicate<ObjectNode> filter = query.filter(type, path.name());
    query.number("resourceVersion");
    query.number("timeoutSeconds");
    Representation representation = representation(exchange);
    String namespace = type.namespaced() && !path.namespace().isEmpty() ? path.namespace() : null;
    HttpServerRequest request = exchange.request();
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request
          .toWebSocket()
          .onSuccess(
              socket ->
                  stream(
                      type,
                      namespace,
                      filter,
                      query,
                      representation,
                      WatchStream.webSocket(socket, request.connection())))
          .onFailure(exchange::fail);
    } else {
      stream(
          type, namespace, filter, query, representation, WatchStream.chunked(exchange.response()));
    }
  }

  private void stream(
      ResourceType type,
      String namespace,
      Predicate<ObjectNode> filter,
      Query query,
      Representation representation,
      WatchStream.Sink sink) {
    new WatchStream(
            vertx.getOrCreateContext(),
            resources.store(),
            clock,
            type,
            namespace,
            filter,
            query,
            representation,
            sink)
        .start(watches);
  }

  /** Does something to every watch that is open; how many these were, once it is done. */
  Future<Integer> onWatches(Function<WatchStream, Future<Void>> action) {
    List<Future<Void>> done = watches.stream().map(action).toList();
    return Future.join(done).map(done.size());
  }

  private ObjectNode existing(Key key) {
    return resources.store().get(key).orElseThrow(() -> Refusal.notFound(key.type(), key.name()));
  }

  private void respond(
      RoutingContext exchange, ResourceType type, Writes.Written written, Query query) {
    respond(exchange, written.code(), type, written.object(), query);
  }

  private void respond(
      RoutingContext exchange, int code, ResourceType type, ObjectNode object, Query query) {
    ApiServer.write(
        exchange.response(),
        code,
        representation(exchange).of(type, object, query, clock.instant()));
  }

  private static Representation representation(RoutingContext exchange) {
    return Representation.accepted(exchange.request().getHeader("Accept"));
  }

  private static Writes.Body body(RoutingContext exchange) {
    var buffer = exchange.body().buffer();
    String contentType = exchange.request().getHeader("Content-Type");
    return new Writes.Body(
        buffer == null ? new byte[0] : buffer.getBytes(),
        contentType == null ? "application/json" : contentType.split(";", 2)[0].strip());
  }

  private static Refusal notAllowed() {
    return Refusal.plain(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }
}
