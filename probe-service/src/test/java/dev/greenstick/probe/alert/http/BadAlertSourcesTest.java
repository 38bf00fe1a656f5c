package dev.greenstick.probe.alert.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.probe.Surroundings;
import dev.greenstick.probe.alert.Sight;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Redaction;
import dev.greenstick.probe.predict.http.HandMadeServer;
import dev.greenstick.probe.predict.http.HandMadeServer.Manner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sources of alerts on bad days: a look ends in time, says why, and leaves nothing behind. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BadAlertSourcesTest {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final String TOKEN = "t0ken-for-alerts";
  private static final String NOTHING_FIRES = "{\"status\":\"success\",\"data\":{\"alerts\":[]}}";

  private static final Access ACCESS =
      new Access(
          false,
          Map.of("Authorization", "Bearer " + TOKEN),
          Optional.empty(),
          Optional.empty(),
          Redaction.of(List.of(TOKEN)));

  private static RestAlertSource source(String url) {
    AlertFeed feed =
        new AlertFeed(
            AlertFeed.Source.PROMETHEUS,
            URI.create(url),
            null,
            null,
            Map.of(),
            Duration.ofSeconds(1));
    return new RestAlertSource(List.of(feed), List.of(ACCESS), PATIENCE);
  }

  private static Sight look(RestAlertSource source) throws Exception {
    return source.look(0).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static String unanswered(Manner manner) throws Exception {
    try (HandMadeServer server = new HandMadeServer(manner);
        RestAlertSource source = source(server.url())) {
      Sight sight = look(source);
      assertThat(sight).isInstanceOf(Sight.Unanswered.class);
      await().atMost(Duration.ofSeconds(10)).until(() -> server.open() == 0);
      String reason = ((Sight.Unanswered) sight).reason();
      assertThat(reason).doesNotContain(TOKEN);
      return reason;
    }
  }

  private static Manner answering(String status, String body) {
    return connection -> {
      while (HandMadeServer.readRequest(connection.getInputStream()) != null) {
        HandMadeServer.answer(connection.getOutputStream(), status, body);
      }
    };
  }

  private static void untilItsEnd(Socket connection) throws Exception {
    while (connection.getInputStream().read() >= 0) {
      // Nothing is answered.
    }
  }

  @Test
  void whatIsNoAnswerSaysWhatItIsInsteadAndRepeatsNoSecret() throws Exception {
    assertThat(unanswered(answering("401 No", TOKEN))).contains("status 401");
    assertThat(unanswered(answering("302 Found", ""))).contains("status 302");
    assertThat(unanswered(answering("503 Oh", ""))).contains("status 503");
    assertThat(unanswered(answering("200 OK", "Bearer " + TOKEN))).contains("no JSON");
    assertThat(unanswered(answering("200 OK", ""))).contains("no success");
    assertThat(
            unanswered(
                answering("200 OK", "{\"status\":\"error\",\"error\":\"no " + TOKEN + "\"}")))
        .contains("no success: no ***");
    assertThat(unanswered(answering("200 OK", "x".repeat(5_000_000)))).contains("more than");
    assertThat(unanswered(connection -> connection.setSoLinger(true, 0))).isNotBlank();
  }

  @Test
  void whatDoesNotEndIsGivenUp() throws Exception {
    assertThat(unanswered(BadAlertSourcesTest::untilItsEnd)).isNotBlank();
    assertThat(
            unanswered(
                connection -> {
                  HandMadeServer.readRequest(connection.getInputStream());
                  HandMadeServer.write(
                      connection.getOutputStream(),
                      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
                  untilItsEnd(connection);
                }))
        .isNotBlank();
    assertThat(
            unanswered(
                connection -> {
                  HandMadeServer.readRequest(connection.getInputStream());
                  HandMadeServer.write(
                      connection.getOutputStream(),
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  connection.setSoTimeout(20);
                  for (int read = 0; read >= 0; ) {
                    HandMadeServer.write(connection.getOutputStream(), "1\r\n \r\n");
                    try {
                      read = connection.getInputStream().read();
                    } catch (java.net.SocketTimeoutException e) {
                      // The other side has not had enough yet.
                    }
                  }
                }))
        .contains("no whole answer within 1000 ms");
  }

  @Test
  void aSourceThatComesBackIsHeardAgainOverOneKeptConnection() throws Exception {
    // Given
    Queue<String> answers =
        new ConcurrentLinkedQueue<>(List.of(NOTHING_FIRES, "{", NOTHING_FIRES, NOTHING_FIRES));
    Manner inTurn =
        connection -> {
          while (HandMadeServer.readRequest(connection.getInputStream()) != null) {
            HandMadeServer.answer(connection.getOutputStream(), "200 OK", answers.remove());
          }
        };

    try (HandMadeServer server = new HandMadeServer(inTurn);
        RestAlertSource source = source(server.url())) {
      // When
      List<Sight> sights = List.of(look(source), look(source), look(source), look(source));

      // Then
      assertThat(sights)
          .extracting(Sight.Seen.class::isInstance)
          .containsExactly(true, false, true, true);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void afterItsRunASourceIsNotAskedAndHoldsNothing() throws Exception {
    // Given
    try (HandMadeServer server = new HandMadeServer(answering("200 OK", NOTHING_FIRES))) {
      RestAlertSource source = source(server.url());
      assertThat(look(source)).isEqualTo(new Sight.Seen(List.of()));

      // When
      source.close();

      // Then
      assertThat(look(source)).isInstanceOf(Sight.Unanswered.class);
      await().atMost(Duration.ofSeconds(10)).until(() -> server.open() == 0);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }
}
