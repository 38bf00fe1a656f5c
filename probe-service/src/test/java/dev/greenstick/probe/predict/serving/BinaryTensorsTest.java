package dev.greenstick.probe.predict.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions;
import dev.greenstick.contracts.experiment.ProtocolOptions.Tensors;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against a server that speaks the binary tensor data extension, by the example of Triton's
 * documentation: 16 bytes of UINT32, 3 of BOOL, and 24 of FP32 back.
 */
class BinaryTensorsTest {

  private static final String INPUTS =
      "[{\"name\":\"input0\",\"shape\":[2,2],\"datatype\":\"UINT32\",\"data\":[[1,2],[3,4]]},"
          + "{\"name\":\"input1\",\"shape\":[3],\"datatype\":\"BOOL\",\"data\":[true,false,true],"
          + "\"parameters\":{\"own\":1}}]";

  private static final String TENSORS = "01000000020000000300000004000000" + "010001";
  private static final String OUTPUT = "0000803fcdcc8c3f00000040666606400000404066664640";

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Probe probe(int port, String inputs) {
    return new Probe(
        new ProbeName("p"),
        ServingProtocol.OPEN_INFERENCE_V2,
        URI.create("http://127.0.0.1:" + port),
        "mymodel",
        null,
        1,
        Duration.ofSeconds(10),
        List.of(
            new PredictionRequest(
                Dialect.json(inputs), Dialect.json("{\"output0\":[1.0,1.1,2.0,2.1,3.0,3.1]}"))),
        null,
        null,
        null,
        Map.of(),
        new ProtocolOptions(null, null, null, null, null, null, null, Tensors.BINARY),
        null);
  }

  /** Reads a question as Triton does, and answers with these outputs and bytes. */
  private int serve(String outputs, String length, String tensors, CompletableFuture<String> asked)
      throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(body -> serve(request, body, outputs, length, tensors, asked)));
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private static void serve(
      HttpServerRequest request,
      Buffer body,
      String outputs,
      String length,
      String tensors,
      CompletableFuture<String> asked) {
    int json = Integer.parseInt(request.getHeader("Inference-Header-Content-Length"));
    JsonNode question = Dialect.json(body.getString(0, json));
    ObjectNode rest = question.deepCopy();
    rest.remove("id");
    asked.complete(
        request.getHeader("Content-Type")
            + " "
            + rest
            + " "
            + HexFormat.of().formatHex(body.getBytes(json, body.length())));
    String answer = "{\"id\":\"" + question.path("id").asText() + "\",\"outputs\":" + outputs + "}";
    var unused =
        request
            .response()
            .putHeader("Content-Type", "application/octet-stream")
            .putHeader(
                "Inference-Header-Content-Length",
                length.isEmpty() ? String.valueOf(answer.length()) : length)
            .end(Buffer.buffer(answer).appendBytes(HexFormat.of().parseHex(tensors)));
  }

  private Answer ask(Probe probe) throws Exception {
    Protocol protocol = Protocol.of(probe.protocol());
    assertThat(protocol.problems(probe)).isEmpty();
    Conversation conversation = protocol.with(probe, "run-");
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    HttpTransport transport =
        new HttpTransport(
            vertx, loop, System::nanoTime, Connections.NEW, 10, 1 << 16, Access.PLAIN);
    loop.runOnContext(
        now -> {
          var unused =
              transport.send(conversation.ask(0), Duration.ofSeconds(10), outcome::complete);
        });
    Outcome.Replied replied = (Outcome.Replied) outcome.get(20, TimeUnit.SECONDS);
    return new RightAnswers(probe, conversation::form, 0)
        .judged(0, conversation.read(0, replied.reply()), 0);
  }

  private static String output(int size) {
    return "[{\"name\":\"output0\",\"shape\":[3,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":"
        + size
        + "}}]";
  }

  @Test
  void theQuestionIsTheDocumentedOneAndTheAnswerIsRight() throws Exception {
    // Given
    CompletableFuture<String> asked = new CompletableFuture<>();
    int port = serve(output(24), "", OUTPUT, asked);

    // When
    Answer answer = ask(probe(port, INPUTS));

    // Then
    assertThat(answer).as(answer.detail()).isInstanceOf(Answer.Ok.class);
    assertThat(asked.get(1, TimeUnit.SECONDS))
        .isEqualTo(
            "application/octet-stream {\"parameters\":{\"binary_data_output\":true},\"inputs\":["
                + "{\"name\":\"input0\",\"shape\":[2,2],\"datatype\":\"UINT32\",\"parameters\":{\"binary_data_size\":16}},"
                + "{\"name\":\"input1\",\"shape\":[3],\"datatype\":\"BOOL\",\"parameters\":{\"own\":1,\"binary_data_size\":3}}]} "
                + TENSORS);
  }

  @Test
  void anAnswerInJsonIsReadToo() throws Exception {
    // Given
    int port =
        serve(
            "[{\"name\":\"output0\",\"shape\":[6],\"datatype\":\"FP32\",\"data\":[1.0,1.1,2.0,2.1,3.0,3.1]}]",
            "",
            "",
            new CompletableFuture<>());

    // When, Then
    assertThat(ask(probe(port, INPUTS))).isInstanceOf(Answer.Ok.class);
  }

  @ParameterizedTest
  @CsvSource({
    "24,'',0000803fcdcc8c3f000000406666064000004040cdcc4c40,Wrong",
    "20,'',0000803fcdcc8c3f000000406666064000004040,Malformed",
    "24,'',0000803fcdcc8c3f000000406666064000004040,Malformed",
    "24,'',0000803fcdcc8c3f00000040666606400000404066664640ff,Malformed",
    "23,'',0000803fcdcc8c3f00000040666606400000404066664640,Malformed",
    "24,99999,0000803fcdcc8c3f00000040666606400000404066664640,Malformed",
    "24,x,0000803fcdcc8c3f00000040666606400000404066664640,Malformed",
    "24,-1,0000803fcdcc8c3f00000040666606400000404066664640,Malformed",
    "24,10,0000803fcdcc8c3f00000040666606400000404066664640,Malformed",
  })
  void anAnswerWhoseBytesAreAtOddsIsTold(int size, String length, String tensors, String kind)
      throws Exception {
    // Given
    int port = serve(output(size), length, tensors, new CompletableFuture<>());

    // When
    Answer answer = ask(probe(port, INPUTS));

    // Then
    assertThat(answer.getClass().getSimpleName()).as(answer.detail()).isEqualTo(kind);
  }

  @Test
  void whatIsNoneOfItsDatatypeIsRefusedBeforeItIsAsked() {
    // Given
    Probe probe = probe(1, INPUTS.replace("[3,4]", "[3,-4]").replace("BOOL", "BOOLEAN"));

    // When, Then
    assertThat(Protocol.of(probe.protocol()).problems(probe))
        .extracting(Problem::toString)
        .containsExactly(
            "requests[0].inputs[0].data: holds what is no UINT32: -4",
            "requests[0].inputs[1].data: has a datatype that is not known: BOOLEAN");
  }
}
