package dev.greenstick.probe.predict.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocols' own published examples, over a real connection. */
class JsonProtocolsTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private int serve(int status, String answer) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request.body(
                        body -> {
                          asked.add(request.method() + " " + request.path() + " " + body.result());
                          request.response().setStatusCode(status).end(Buffer.buffer(answer));
                        }));
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private static Probe probe(
      ServingProtocol protocol, int port, String version, String inputs, String expect)
      throws Exception {
    return new Probe(
        new ProbeName("p"),
        protocol,
        URI.create("http://127.0.0.1:" + port),
        "m",
        version,
        1,
        Duration.ofSeconds(10),
        List.of(
            new PredictionRequest(
                JSON.readTree(inputs), expect == null ? null : JSON.readTree(expect))));
  }

  private Answer answer(Probe probe) throws Exception {
    Conversation conversation = Protocol.of(probe.protocol()).with(probe, "run-");
    CompletableFuture<Outcome> heard = new CompletableFuture<>();
    HttpTransport transport =
        new HttpTransport(
            vertx, loop, System::nanoTime, Connections.NEW, 10, 1 << 16, Access.PLAIN);
    loop.runOnContext(
        now -> transport.send(conversation.ask(0), Duration.ofSeconds(10), heard::complete));
    Outcome outcome = heard.get(20, TimeUnit.SECONDS);
    transport.close();
    assertThat(outcome).isInstanceOf(Outcome.Replied.class);
    Answer answer = conversation.read(0, ((Outcome.Replied) outcome).reply());
    return new RightAnswers(probe, conversation::form, 0).judged(0, answer, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KSERVE_V1 | | {\"instances\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]} | [1,1] | 200 | {\"predictions\":[1,1]} | Ok | /v1/models/m:predict",
        "KSERVE_V1 | | {\"instances\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]} | [1,1] | 200 | {\"predictions\":[1,2]} | Wrong | /v1/models/m:predict",
        "KSERVE_V1 | | {\"instances\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]} | [1,1] | 200 | {\"predictions\":[1]} | Malformed | /v1/models/m:predict",
        "KSERVE_V1 | | {\"instances\":[[6.8]]} | [1] | 200 | {\"error\":\"no\"} | Malformed | /v1/models/m:predict",
        "KSERVE_V1 | | {\"inputs\":[[6.8]]} | [1] | 200 | {\"predictions\":[1]} | Ok | /v1/models/m:predict",
        "KSERVE_V1 | | {\"inputs\":{\"x\":[6.8]}} | {\"y\":1} | 200 | {\"predictions\":{\"y\":2}} | Wrong | /v1/models/m:predict",
        "KSERVE_V1 | | {\"instances\":[[6.8]]} | [1] | 503 | {\"predictions\":[1]} | ServerError | /v1/models/m:predict",
        "TF_SERVING | | {\"instances\":[1.0,2.0,5.0]} | [2.5,3.0,4.5] | 200 | {\"predictions\":[2.5,3.0,4.5]} | Ok | /v1/models/m:predict",
        "TF_SERVING | 3 | {\"instances\":[1.0,2.0,5.0]} | [2.5,3.0,4.5] | 200 | {\"predictions\":[2.5,3.0,4.6]} | Wrong | /v1/models/m/versions/3:predict",
        "TF_SERVING | | {\"inputs\":[1.0,2.0]} | [2.5,3] | 200 | {\"outputs\":[2.5,3.0]} | Ok | /v1/models/m:predict",
        "TF_SERVING | | {\"instances\":[1.0]} | [2.5] | 200 | {\"predictions\":[NaN]} | Wrong | /v1/models/m:predict",
        "TF_SERVING | | {\"instances\":[1.0]} | | 200 | {\"predictions\":[-Infinity]} | Ok | /v1/models/m:predict",
        "TF_SERVING | | {\"instances\":[1.0]} | | 404 | {\"error\":\"Servable not found\"} | ClientError | /v1/models/m:predict",
        "TORCHSERVE | | {\"data\":\"kitten\"} | {\"tiger_cat\":0.46933549642562866} | 200 | {\"tiger_cat\":0.4693355} | Ok | /predictions/m",
        "TORCHSERVE | 1.0 | {\"data\":\"kitten\"} | {\"tiger_cat\":0.469} | 200 | {\"tabby\":0.469} | Wrong | /predictions/m/1.0",
        "TORCHSERVE | | {\"data\":\"kitten\"} | | 200 | tiger | Malformed | /predictions/m",
      })
  void anAnswerCountsAsWhatItIs(
      ServingProtocol protocol,
      String version,
      String inputs,
      String expect,
      int status,
      String body,
      String kind,
      String path)
      throws Exception {
    // Given
    Probe probe = probe(protocol, serve(status, body), version, inputs, expect);

    // When
    Answer answer = answer(probe);

    // Then
    assertThat(answer.getClass().getSimpleName()).as(answer.detail()).isEqualTo(kind);
    assertThat(asked).containsExactly("POST " + path + " " + JSON.readTree(inputs));
  }

  @Test
  void stringsInAPredictionAreLabels() throws Exception {
    // Given
    int port = serve(200, "{\"predictions\":[{\"label\":\"O\"}]}");

    // When
    Answer answer =
        answer(probe(ServingProtocol.KSERVE_V1, port, null, "{\"instances\":[1]}", null));

    // Then
    assertThat(answer)
        .isEqualTo(new Answer.Ok(List.of("O"), JSON.readTree("[{\"label\":\"O\"}]"), false));
  }
}
