package dev.greenstick.probe.predict.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say of themselves, asked as the running service asks. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class JsonReadinessTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final Vertx vertx = Vertx.vertx();
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KSERVE_V1 | 200 | {\"name\":\"m\",\"ready\":true} | true | /v1/models/m",
        "KSERVE_V1 | 200 | {\"name\":\"m\",\"ready\":false} | false | /v1/models/m",
        "TF_SERVING | 200 | {\"model_version_status\":[{\"version\":\"1\",\"state\":\"AVAILABLE\"}]} | true | /v1/models/m",
        "TF_SERVING | 200 | {\"model_version_status\":[{\"version\":\"1\",\"state\":\"LOADING\"}]} | false | /v1/models/m",
        "TF_SERVING | 404 | {\"error\":\"no\"} | false | /v1/models/m",
        "TORCHSERVE | 200 | {\"status\":\"Healthy\"} | true | /ping",
        "TORCHSERVE | 500 | {\"status\":\"Unhealthy\"} | false | /ping",
      })
  void readinessIsWhatTheServerSays(
      ServingProtocol protocol, int status, String body, boolean ready, String path)
      throws Exception {
    // Given
    Probe probe = probe(protocol, serve(status, body), null, "{\"instances\":[1]}", null);

    // When
    Readiness.Said said = Readiness.of(probe).ask(probe).await().atMost(Duration.ofSeconds(20));

    // Then
    assertThat(said.ready()).as(said.what()).isEqualTo(ready);
    assertThat(asked).allMatch(line -> line.startsWith("GET " + path + " "));
  }
}
