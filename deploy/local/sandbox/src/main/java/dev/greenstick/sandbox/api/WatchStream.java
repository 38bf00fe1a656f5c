package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Change;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.Snapshot;
import dev.greenstick.sandbox.storage.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One watch: what happens to the objects selected, as lines of a chunked answer or as messages of a
 * WebSocket. Lives on one Vert.x context; changes of the store are handed over to it.
 */
final class WatchStream {

  private static final long BOOKMARK_MILLIS = 10_000;
  private static final long DEFAULT_TIMEOUT_SECONDS = 1_800;
  private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

  /** Where events go. */
  interface Sink {
    void send(Buffer event);

    void end();

    /** Breaks the connection, without a word. */
    void drop();

    void onClose(Runnable action);
  }

  private final Context context;
  private final Store store;
  private final InstantSource clock;
  private final ResourceType type;
  private final String namespace;
  private final Predicate<ObjectNode> filter;
  private final Query query;
  private final Representation representation;
  private final Sink sink;
  private final List<Long> timers = new ArrayList<>();
  private Store.Subscription subscription = () -> {};
  private long seen;
  private boolean ended;
  private Set<WatchStream> open = Set.of();

  WatchStream(
      Context context,
      Store store,
      InstantSource clock,
      ResourceType type,
      String namespace,
      Predicate<ObjectNode> filter,
      Query query,
      Representation representation,
      Sink sink) {
    this.context = context;
    this.store = store;
    this.clock = clock;
    this.type = type;
    this.namespace = namespace;
    this.filter = filter;
    this.query = query;
    this.representation = representation;
    this.sink = sink;
  }

  static Sink chunked(HttpServerResponse response) {
    response.setChunked(true).putHeader("Content-Type", "application/json");
    // Sends the head at once: a client must learn that it watches before anything happens.
    var _ = response.write("");
    return new Sink() {
      @Override
      public void send(Buffer event) {
        if (!response.ended() && !response.closed()) {
          response.write(event.appendString("\n"));
        }
      }

      @Override
      public void end() {
        if (!response.ended() && !response.closed()) {
          response.end();
        }
      }

      @Override
      public void drop() {
        response.reset();
      }

      @Override
      public void onClose(Runnable action) {
        response.closeHandler(closed -> action.run());
        response.exceptionHandler(failure -> action.run());
      }
    };
  }

  static Sink webSocket(ServerWebSocket socket, HttpConnection connection) {
    return new Sink() {
      @Override
      public void send(Buffer event) {
        if (!socket.isClosed()) {
          socket.writeTextMessage(event.toString());
        }
      }

      @Override
      public void end() {
        if (!socket.isClosed()) {
          socket.close();
        }
      }

      @Override
      public void drop() {
        connection.close();
      }

      @Override
      public void onClose(Runnable action) {
        socket.closeHandler(closed -> action.run());
        socket.exceptionHandler(failure -> action.run());
      }
    };
  }

  /**
   * Starts delivering; call on the context.
   *
   * @param watches of which this is one until it ends; safe for many threads
   */
  void start(Set<WatchStream> watches) {
    sink.onClose(this::stop);
    Vertx vertx = context.owner();
    try {
      long since = initial();
      seen = since;
      subscription = store.watch(since, change -> context.runOnContext(ignored -> deliver(change)));
    } catch (Refusal refusal) {
      sink.send(event("ERROR", Json.MAPPER.valueToTree(refusal.status())));
      sink.end();
      return;
    }
    open = watches;
    open.add(this);
    long seconds = query.number("timeoutSeconds");
    timers.add(
        vertx.setTimer(
            (seconds == 0 ? DEFAULT_TIMEOUT_SECONDS : seconds) * 1_000,
            timer -> {
              bookmark(null);
              stop();
              sink.end();
            }));
    if (query.flag("allowWatchBookmarks")) {
      timers.add(vertx.setPeriodic(BOOKMARK_MILLIS, timer -> bookmark(null)));
    }
  }

  /** Sends what exists where the client asked for it; the version from which to go on. */
  private long initial() {
    String asked = query.text("resourceVersion");
    boolean wanted = query.flag("sendInitialEvents");
    if (!asked.isEmpty() && !asked.equals("0") && !wanted) {
      return query.number("resourceVersion");
    }
    Snapshot snapshot = store.list(type, namespace);
    if (query.text("sendInitialEvents").equals("false")) {
      return snapshot.version();
    }
    snapshot.objects().stream().filter(filter).forEach(object -> send("ADDED", object));
    seen = snapshot.version();
    if (wanted) {
      bookmark(INITIAL_EVENTS_END);
    }
    return snapshot.version();
  }

  private void deliver(Change change) {
    if (ended) {
      return;
    }
    seen = Math.max(seen, change.version());
    if (!change.key().type().equals(type)
        || (namespace != null && !change.key().namespace().equals(namespace))) {
      return;
    }
    boolean before = !change.created() && filter.test(change.before());
    boolean after = !change.deleted() && filter.test(change.after());
    if (after) {
      send(before ? "MODIFIED" : "ADDED", change.after());
    } else if (before) {
      send("DELETED", change.deleted() ? change.last() : leaving(change));
    }
  }

  /** An object that is selected no more is shown in its last selected state, at the new version. */
  private static ObjectNode leaving(Change change) {
    ObjectNode object = change.before().deepCopy();
    object.withObjectProperty("metadata").put("resourceVersion", Long.toString(change.version()));
    return object;
  }

  private void bookmark(String annotation) {
    if (ended || !query.flag("allowWatchBookmarks")) {
      return;
    }
    ObjectNode object = Json.MAPPER.createObjectNode();
    object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
    ObjectNode metadata =
        object
            .putObject("metadata")
            .put("resourceVersion", Long.toString(seen))
            .putNull("creationTimestamp");
    if (annotation != null) {
      metadata.putObject("annotations").put(annotation, "true");
    }
    sink.send(event("BOOKMARK", object));
  }

  private void send(String kind, ObjectNode object) {
    sink.send(event(kind, representation.of(type, object, query, clock.instant())));
  }

  private static Buffer event(String kind, ObjectNode object) {
    ObjectNode event = Json.MAPPER.createObjectNode().put("type", kind);
    event.set("object", object);
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write an event of " + kind, e);
    }
  }

  /** Breaks the connection. */
  Future<Void> drop() {
    return onContext(
        () -> {
          stop();
          sink.drop();
        });
  }

  /** Sends a bookmark, where they are wanted. */
  Future<Void> bookmark() {
    return onContext(() -> bookmark(null));
  }

  private Future<Void> onContext(Runnable action) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        ignored -> {
          action.run();
          done.complete();
        });
    return done.future();
  }

  private void stop() {
    ended = true;
    if (!open.isEmpty()) {
      open.remove(this);
    }
    subscription.close();
    timers.forEach(context.owner()::cancelTimer);
  }
}
