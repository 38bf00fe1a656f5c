package dev.greenstick.probe.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ProbeName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenInferenceV2Test {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String INPUTS =
      """
      [{"name":"point","shape":[1,2],"datatype":"FP64","data":[0.1,0.2]}]""";

  private static Probe probe(String url, String model, String version, String... expected)
      throws Exception {
    List<PredictionRequest> requests = new ArrayList<>();
    for (String expect : expected) {
      requests.add(
          new PredictionRequest(
              JSON.readTree(INPUTS), expect == null ? null : JSON.readTree(expect)));
    }
    return new Probe(
        new ProbeName("p"),
        ServingProtocol.OPEN_INFERENCE_V2,
        URI.create(url),
        model,
        version,
        1,
        Duration.ofSeconds(1),
        requests);
  }

  private static Answer read(String expect, int status, String body) throws Exception {
    Probe probe = probe("http://m", "m", null, expect);
    Conversation conversation = Protocol.of(ServingProtocol.OPEN_INFERENCE_V2).with(probe, "run-");
    Answer answer = conversation.read(7, new Reply(status, body.getBytes(StandardCharsets.UTF_8)));
    return new RightAnswers(probe, conversation::form, 0).judged(7, answer, 0);
  }

  private static String predicted(String outputs) {
    return "{\"model_name\":\"m\",\"id\":\"run-7\",\"outputs\":" + outputs + "}";
  }

  private static String output(String name, String datatype, String shape, String data) {
    return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}"
        .formatted(name, datatype, shape, data);
  }

  @Test
  void aQuestionCarriesItsIdAndTheInputsVerbatimAndRequestsTakeTurns() throws Exception {
    // Given
    Conversation conversation =
        Protocol.of(ServingProtocol.OPEN_INFERENCE_V2)
            .with(probe("http://m:8000/base/", "a model/1", "2", null, null), "run-");

    // When
    Question question = conversation.ask(3);

    // Then
    assertThat(question.method()).isEqualTo("POST");
    assertThat(question.url())
        .hasToString("http://m:8000/base/v2/models/a%20model%2F1/versions/2/infer");
    JsonNode body = JSON.readTree(question.body());
    assertThat(body.path("id").asText()).isEqualTo("run-3");
    assertThat(body.path("inputs")).isEqualTo(JSON.readTree(INPUTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"y\":[\"O\"]} | BYTES | [1] | [\"O\"]",
        "{\"y\":[1.0000001, 2]} | FP32 | [2] | [1, 2.000001]",
        "{\"y\":[[1, 2], [3, 4]]} | FP64 | [2,2] | [1, 2, 3, 4]",
        "{\"y\":[3]} | INT64 | [1,1] | [[3]]",
        "{\"y\":[9007199254740993]} | INT64 | [1] | [9007199254740993]",
        "{\"y\":[true]} | BOOL | [1] | [true]",
        "{\"y\":[0]} | FP32 | [1] | [0.0]",
        "{\"y\":[]} | FP32 | [0] | []",
      })
  void theRightPredictionIsRight(String expect, String datatype, String shape, String data)
      throws Exception {
    // When
    Answer answer = read(expect, 200, predicted("[" + output("y", datatype, shape, data) + "]"));

    // Then
    assertThat(answer).isInstanceOf(Answer.Ok.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"y\":[\"O\"]} | BYTES | [1] | [\"o\"] | y[0] is \"o\", expected \"O\"",
        "{\"y\":[1]} | FP32 | [1] | [1.00001] | y[0] is 1.00001, expected 1",
        "{\"y\":[1]} | FP32 | [1] | [NaN] | y[0] is NaN, expected 1",
        "{\"y\":[1]} | INT64 | [1] | [NaN] | y[0] is NaN, expected 1",
        "{\"y\":[1]} | FP32 | [1] | [\"1\"] | y[0] is \"1\", expected 1",
        "{\"y\":[1]} | FP32 | [1] | [null] | y[0] is null, expected 1",
        "{\"y\":[9007199254740993]} | INT64 | [1] | [9007199254740992] | y[0] is 9007199254740992, expected 9007199254740993",
        "{\"y\":[1]} | FP32 | [2] | [1, 2] | y has 2 elements, expected 1",
        "{\"z\":[1]} | FP32 | [1] | [1] | output z is missing among [y]",
      })
  void anotherPredictionIsWrong(
      String expect, String datatype, String shape, String data, String detail) throws Exception {
    // When
    Answer answer = read(expect, 200, predicted("[" + output("y", datatype, shape, data) + "]"));

    // Then
    assertThat(answer).isInstanceOf(Answer.Wrong.class);
    assertThat(answer.detail()).isEqualTo(detail);
  }

  @Test
  void labelsAreWhatStringOutputsHoldAlsoWhenTheyAreWrong() throws Exception {
    // Given
    String outputs =
        "["
            + output("label", "BYTES", "[2]", "[\"O\",\"X\"]")
            + ","
            + output("s", "FP32", "[1]", "[1]")
            + "]";

    // When
    Answer ok = read(null, 200, predicted(outputs));
    Answer wrong = read("{\"label\":[\"O\",\"O\"]}", 200, predicted(outputs));

    // Then
    assertThat(ok)
        .isEqualTo(
            new Answer.Ok(
                List.of("O", "X"), JSON.readTree("{\"label\":[\"O\",\"X\"],\"s\":[1.0]}"), false));
    assertThat(wrong)
        .isEqualTo(new Answer.Wrong(List.of("O", "X"), "label[1] is \"X\", expected \"O\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>busy</html>",
        "[]",
        "null",
        "{\"id\":\"run-7\",\"error\":\"no\"}",
        "{\"id\":\"run-8\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]}",
        "{\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]}",
        "{\"id\":\"run-7\"}",
        "{\"id\":\"run-7\",\"outputs\":[]}",
        "{\"id\":\"run-7\",\"outputs\":[1]}",
        "{\"id\":\"run-7\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1]}]}",
        "{\"id\":\"run-7\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"data\":[1]}]}",
        "{\"id\":\"run-7\",\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"data\":[1]}]}",
        "{\"id\":\"run-7\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1]}]}",
        "{\"id\":\"run-7\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]} trailing",
      })
  void whatIsNoPredictionIsMalformed(String body) throws Exception {
    assertThat(read(null, 200, body)).isInstanceOf(Answer.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "204, Malformed",
    "302, ClientError",
    "400, ClientError",
    "429, ClientError",
    "500, ServerError",
    "503, ServerError"
  })
  void anotherStatusIsNoPredictionWhateverTheBody(int status, String kind) throws Exception {
    // When
    Answer answer = read(null, status, predicted("[" + output("y", "FP32", "[1]", "[1]") + "]"));

    // Then
    assertThat(answer.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(answer.detail()).startsWith("status " + status);
  }

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void damagedAnswersAreReadWithoutFailing(long seed) throws Exception {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    byte[] body =
        predicted("[" + output("y", "BYTES", "[1]", "[\"O\"]") + "]")
            .getBytes(StandardCharsets.UTF_8);
    for (int damage = random.nextInt(4); damage >= 0; damage--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    Conversation conversation =
        Protocol.of(ServingProtocol.OPEN_INFERENCE_V2)
            .with(probe("http://m", "m", null, "{\"y\":[\"O\"]}"), "run-");

    // When
    Answer answer = conversation.read(7, new Reply(200, body));

    // Then
    assertThat(answer.detail().length()).isLessThanOrEqualTo(Seen.LONGEST);
    assertThat(answer).isInstanceOfAny(Answer.Ok.class, Answer.Wrong.class, Answer.Malformed.class);
  }

  @Test
  void whatCannotBeAskedOrComparedIsNamedWithItsPath() throws Exception {
    // Given
    Probe probe =
        new Probe(
            new ProbeName("p"),
            ServingProtocol.OPEN_INFERENCE_V2,
            URI.create("http://m"),
            "m",
            null,
            1,
            Duration.ofSeconds(1),
            List.of(
                new PredictionRequest(JSON.readTree("{}"), JSON.readTree("[]")),
                new PredictionRequest(
                    JSON.readTree("[{\"name\":1,\"shape\":[1],\"datatype\":\"FP32\"}]"),
                    JSON.readTree("{\"y\":1}"))));

    // When
    List<Problem> problems = Protocol.of(ServingProtocol.OPEN_INFERENCE_V2).problems(probe);

    // Then
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly(
            "requests[0].inputs",
            "requests[0].expect",
            "requests[1].inputs[0].name",
            "requests[1].inputs[0].data",
            "requests[1].expect.y");
  }
}
