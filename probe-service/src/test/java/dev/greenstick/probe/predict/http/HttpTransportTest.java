package dev.greenstick.probe.predict.http;

import static dev.greenstick.probe.predict.http.HandMadeServer.answer;
import static dev.greenstick.probe.predict.http.HandMadeServer.readRequest;
import static dev.greenstick.probe.predict.http.HandMadeServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Question;
import dev.greenstick.probe.predict.Reply;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.predict.http.HandMadeServer.Manner;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers as they are on bad days. */
class HttpTransportTest {

  private static final int LARGEST_REPLY = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private HttpTransport transport =
      new HttpTransport(
          vertx, loop, System::nanoTime, Connections.NEW, 20_000, LARGEST_REPLY, Access.PLAIN);

  @AfterEach
  void stop() throws Exception {
    transport.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<Outcome> ask(String url, AtomicReference<Transport.Call> call) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Question question =
        new Question(
            "POST",
            URI.create(url + "/v2/models/m/infer"),
            Map.of("Content-Type", "application/json"),
            "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8));
    loop.runOnContext(
        now -> call.set(transport.send(question, Duration.ofSeconds(10), outcome::complete)));
    return outcome;
  }

  private Outcome outcome(String url) throws Exception {
    return ask(url, new AtomicReference<>()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private Outcome outcome(Manner manner) throws Exception {
    try (HandMadeServer server = new HandMadeServer(manner)) {
      return outcome(server.url());
    }
  }

  private static Manner answering(String text) {
    return connection -> {
      readRequest(connection.getInputStream());
      write(connection.getOutputStream(), text);
      waitForItsEnd(connection);
    };
  }

  private static void waitForItsEnd(Socket connection) throws Exception {
    while (connection.getInputStream().read() >= 0) {
      // Nothing is expected.
    }
  }

  @Test
  void aWholeAnswerIsReplied() throws Exception {
    // When
    Outcome outcome =
        outcome(
            connection -> {
              String question = readRequest(connection.getInputStream());
              answer(connection.getOutputStream(), "200 OK", "echo " + question);
            });

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Replied.class);
    Reply reply = ((Outcome.Replied) outcome).reply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("echo {\"id\":\"1\"}");
  }

  @Test
  void errorsAndRedirectsAreRepliesAndNothingIsFollowed() throws Exception {
    for (int status : List.of(302, 404, 500, 503)) {
      // When
      Outcome outcome =
          outcome(
              connection -> {
                readRequest(connection.getInputStream());
                answer(connection.getOutputStream(), status + " Odd", "why");
              });

      // Then
      assertThat(((Outcome.Replied) outcome).reply().status()).isEqualTo(status);
    }
  }

  @Test
  void interimAnswersArePassedOverHoweverTheyArrive() throws Exception {
    // Given
    String interim =
        "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 102 Processing\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
            + "HTTP/1.1 199 Odd\r\nX: y\r\n\r\n";
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    Manner byteByByte =
        connection -> {
          connection.setTcpNoDelay(true);
          readRequest(connection.getInputStream());
          for (char each : (interim + answer).toCharArray()) {
            write(connection.getOutputStream(), String.valueOf(each));
          }
          waitForItsEnd(connection);
        };

    for (Manner manner : List.of(answering(interim + answer), byteByByte)) {
      // When
      Outcome outcome = outcome(manner);

      // Then
      assertThat(outcome).isInstanceOf(Outcome.Replied.class);
      Reply reply = ((Outcome.Replied) outcome).reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void aKeptConnectionPassesInterimAnswersOverEachTime() throws Exception {
    // Given
    transport =
        new HttpTransport(
            vertx, loop, System::nanoTime, Connections.KEPT, 100, LARGEST_REPLY, Access.PLAIN);
    Manner manner =
        connection -> {
          while (readRequest(connection.getInputStream()) != null) {
            write(connection.getOutputStream(), "HTTP/1.1 102 Processing\r\n\r\n");
            answer(connection.getOutputStream(), "200 OK", "{}");
          }
        };

    try (HandMadeServer server = new HandMadeServer(manner)) {
      for (int i = 0; i < 3; i++) {
        // When
        Outcome outcome = outcome(server.url());

        // Then
        assertThat(((Outcome.Replied) outcome).reply().status()).isEqualTo(200);
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aClosedPortIsBroken() throws Exception {
    // Given
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    // When, Then
    assertThat(outcome("http://127.0.0.1:" + port)).isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aNameThatDoesNotResolveIsBroken() throws Exception {
    assertThat(outcome("http://no-such-host.invalid")).isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aConnectionThatClosesWithoutAnAnswerIsBroken() throws Exception {
    assertThat(outcome(connection -> readRequest(connection.getInputStream())))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aConnectionThatIsResetIsBroken() throws Exception {
    assertThat(outcome(connection -> connection.setSoLinger(true, 0)))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void anAnswerThatBreaksOffIsBroken() throws Exception {
    assertThat(
            outcome(
                connection -> {
                  readRequest(connection.getInputStream());
                  write(
                      connection.getOutputStream(),
                      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"outputs\"");
                }))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsBroken() throws Exception {
    // Given
    Manner plain =
        connection -> {
          answer(connection.getOutputStream(), "400 Bad Request", "");
          waitForItsEnd(connection);
        };

    // When, Then
    try (HandMadeServer server = new HandMadeServer(plain)) {
      assertThat(outcome(server.url().replace("http:", "https:")))
          .isInstanceOf(Outcome.Broken.class);
    }
  }

  @Test
  void garbageIsUnusable() throws Exception {
    assertThat(outcome(answering("SSH-2.0-OpenSSH_9.6\r\n\r\n\0\1\2\3")))
        .isInstanceOf(Outcome.Unusable.class);
  }

  @Test
  void headersWithoutEndAreUnusable() throws Exception {
    assertThat(
            outcome(answering("HTTP/1.1 200 OK\r\n" + "X-Filler: 0123456789\r\n".repeat(100_000))))
        .isInstanceOf(Outcome.Unusable.class);
  }

  @Test
  void aBodyWithoutEndIsUnusableOnceItIsTooLargeAndItsConnectionIsClosed() throws Exception {
    // Given
    CountDownLatch closed = new CountDownLatch(1);
    Manner manner =
        connection -> {
          try {
            readRequest(connection.getInputStream());
            write(
                connection.getOutputStream(),
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
              write(connection.getOutputStream(), "400\r\n" + "x".repeat(1024) + "\r\n");
            }
          } finally {
            closed.countDown();
          }
        };

    // When
    Outcome outcome = outcome(manner);

    // Then
    assertThat(outcome)
        .isEqualTo(new Outcome.Unusable("an answer of more than " + LARGEST_REPLY + " bytes"));
    assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallThatIsAbandonedClosesItsConnectionAndIsNotHeardOf() throws Exception {
    try (HandMadeServer server = new HandMadeServer(HttpTransportTest::waitForItsEnd)) {
      // Given
      AtomicReference<Transport.Call> call = new AtomicReference<>();
      CompletableFuture<Outcome> outcome = ask(server.url(), call);
      await().atMost(PATIENCE).until(() -> server.open() == 1);

      // When
      loop.runOnContext(now -> call.get().abandon());

      // Then
      await().atMost(PATIENCE).until(() -> server.open() == 0);
      assertThatThrownBy(() -> outcome.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void thousandsOfUnansweredQuestionsHoldNothingBack() throws Exception {
    try (HandMadeServer server = new HandMadeServer(HttpTransportTest::waitForItsEnd)) {
      // Given
      int many = 3_000;

      // When
      List<CompletableFuture<Outcome>> unanswered = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        unanswered.add(ask(server.url(), new AtomicReference<>()));
      }

      // Then
      await().atMost(PATIENCE).until(() -> server.open() == many);
      assertThat(unanswered).noneMatch(CompletableFuture::isDone);
      loop.runOnContext(now -> transport.close());
      await().atMost(PATIENCE).until(() -> server.open() == 0);
    }
  }

  @Test
  void eachQuestionHasAConnectionOfItsOwnUnlessTheyAreToBeKept() throws Exception {
    for (Connections connections : Connections.values()) {
      Manner manner =
          connection -> {
            while (readRequest(connection.getInputStream()) != null) {
              answer(connection.getOutputStream(), "200 OK", "{}");
            }
          };
      try (HandMadeServer server = new HandMadeServer(manner)) {
        // Given
        transport =
            new HttpTransport(
                vertx, loop, System::nanoTime, connections, 100, LARGEST_REPLY, Access.PLAIN);

        // When
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          outcomes.add(outcome(server.url()));
        }

        // Then
        assertThat(outcomes).allMatch(Outcome.Replied.class::isInstance);
        assertThat(server.accepted())
            .isEqualTo(
                switch (connections) {
                  case NEW -> 5;
                  case KEPT -> 1;
                });
      }
    }
  }
}
