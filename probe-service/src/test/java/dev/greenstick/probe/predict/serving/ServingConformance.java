package dev.greenstick.probe.predict.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import dev.greenstick.probe.predict.http.Readiness;
import dev.greenstick.probe.predict.serving.Dialect.Said;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What every protocol owes: it asks as is published, and tells apart everything that a server may
 * do. Each demand holds the question that came against the published one, so that an implementation
 * that asks nothing meets none of them.
 */
final class ServingConformance {

  /** One demand. */
  enum Demand {
    RIGHT {
      @Override
      void check(ServingConformance of) throws Exception {
        for (Said said : of.dialect.right()) {
          of.answers(said, Answer.Ok.class);
        }
      }
    },
    WRONG {
      @Override
      void check(ServingConformance of) throws Exception {
        for (Said said : of.dialect.wrong()) {
          of.answers(said, Answer.Wrong.class);
        }
      }
    },
    MALFORMED {
      @Override
      void check(ServingConformance of) throws Exception {
        for (Said said : of.dialect.malformed()) {
          of.answers(said, Answer.Malformed.class);
        }
      }
    },
    SERVER_ERROR {
      @Override
      void check(ServingConformance of) throws Exception {
        for (int status : List.of(500, 502, 503, 504)) {
          of.answers(Said.of(status, "{\"error\":\"no\"}"), Answer.ServerError.class);
        }
      }
    },
    CLIENT_ERROR {
      @Override
      void check(ServingConformance of) throws Exception {
        for (int status : List.of(301, 400, 401, 404, 429)) {
          of.answers(Said.of(status, "{\"error\":\"no\"}"), Answer.ClientError.class);
        }
      }
    },
    REFUSED {
      @Override
      void check(ServingConformance of) throws Exception {
        Outcome outcome = of.outcome(request -> request.connection().close());
        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
      }
    },
    TIMED_OUT {
      @Override
      void check(ServingConformance of) throws Exception {
        of.staysSilentUntilItIsAbandoned();
      }
    },
    READY {
      @Override
      void check(ServingConformance of) throws Exception {
        assertThat(of.readiness(of.dialect.ready().size(), null).ready()).isTrue();
      }
    },
    NOT_READY {
      @Override
      void check(ServingConformance of) throws Exception {
        for (Said no : of.dialect.notReady()) {
          Readiness.Said said = of.readiness(of.dialect.ready().size(), no);
          assertThat(said.ready()).as(said.what()).isFalse();
        }
      }
    };

    abstract void check(ServingConformance of) throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Context loop;
  private final Protocol protocol;
  private final Dialect dialect;

  ServingConformance(Vertx vertx, Protocol protocol, Dialect dialect) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.protocol = protocol;
    this.dialect = dialect;
  }

  private void answers(Said said, Class<? extends Answer> kind) throws Exception {
    Outcome outcome =
        outcome(
            request -> request.body().onSuccess(body -> said.answer(request, dialect.id(body))));
    assertThat(outcome).isInstanceOf(Outcome.Replied.class);
    Probe probe = probe("http://x");
    Conversation conversation = conversation(probe);
    Answer answer =
        new RightAnswers(probe, conversation::form, 0)
            .judged(0, conversation.read(0, ((Outcome.Replied) outcome).reply()), 0);
    assertThat(answer).as(said + ": " + answer.detail()).isInstanceOf(kind);
  }

  private Probe probe(String url) {
    return dialect.probe(url);
  }

  private Conversation conversation(Probe probe) {
    assertThat(protocol.problems(probe)).isEmpty();
    return protocol.with(probe, "run-");
  }

  private Outcome outcome(Consumer<HttpServerRequest> manner) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    asked(manner, url -> send(url, outcome, new AtomicReference<>()));
    return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void staysSilentUntilItIsAbandoned() throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    AtomicReference<Transport.Call> call = new AtomicReference<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    asked(
        request -> request.connection().closeHandler(gone -> closed.complete(null)),
        url -> send(url, outcome, call));
    assertThat(outcome).isNotDone();
    loop.runOnContext(now -> call.get().abandon());
    closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(outcome).isNotDone();
  }

  /** Starts a server, sends one question, and holds it against what is published. */
  private void asked(Consumer<HttpServerRequest> manner, Consumer<String> sending)
      throws Exception {
    CompletableFuture<String> difference = new CompletableFuture<>();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  request
                      .body()
                      .onSuccess(body -> difference.complete(dialect.difference(request, body)))
                      .onFailure(difference::completeExceptionally);
                  manner.accept(request);
                });
    sending.accept(listen(server));
    assertThat(difference.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEmpty();
  }

  private static String listen(HttpServer server) throws Exception {
    return "http://127.0.0.1:"
        + server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .actualPort();
  }

  private void send(
      String url, CompletableFuture<Outcome> outcome, AtomicReference<Transport.Call> call) {
    Conversation conversation = conversation(probe(url));
    loop.runOnContext(
        now -> call.set(transport().send(conversation.ask(0), PATIENCE, outcome::complete)));
  }

  private Transport transport() {
    return new HttpTransport(
        vertx, loop, System::nanoTime, Connections.NEW, 10, 1 << 20, Access.PLAIN);
  }

  private Readiness.Said readiness(int questions, Said last) throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.add(request.method() + " " + request.uri());
                  Said yes = dialect.ready().get(request.uri());
                  boolean no = last != null && asked.size() == questions;
                  (yes == null ? Said.of(404, "") : no ? last : yes).answer(request, "");
                });
    Probe probe = probe(listen(server));
    Readiness.Said said =
        new Readiness(vertx, loop, transport())
            .ask(probe, protocol.readiness(probe))
            .toCompletionStage()
            .toCompletableFuture()
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(asked)
        .containsExactlyInAnyOrderElementsOf(
            dialect.ready().keySet().stream().map(path -> "GET " + path).toList());
    return said;
  }
}
