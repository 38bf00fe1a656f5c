package dev.greenstick.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.model.crescents.Sample;
import dev.greenstick.model.crescents.Samples;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceProtocolTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static ModelServer server;

  @BeforeAll
  static void start() throws IOException {
    server = ModelServer.start(Settings.onAnyPort("crescents"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void liveAndReadyOnceStarted() throws Exception {
    assertThat(get("/v2/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/v2/models/crescents/ready").body())
        .isEqualTo("{\"name\":\"crescents\",\"ready\":true}");
    assertThat(get("/v2/models/crescents/versions/1/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void describesServerAndModel() throws Exception {
    assertThat(get("/v2").body())
        .isEqualTo("{\"name\":\"greenstick-model\",\"version\":\"1\",\"extensions\":[]}");
    assertThat(new JsonObject(get("/v2/models/crescents").body()))
        .isEqualTo(
            new JsonObject(
                """
                {"name": "crescents", "versions": ["1"], "platform": "tribuo_random_forest",
                 "inputs": [{"name": "point", "datatype": "FP64", "shape": [-1, 2]}],
                 "outputs": [{"name": "label", "datatype": "BYTES", "shape": [-1]},
                             {"name": "scores", "datatype": "FP64", "shape": [-1, 2]}]}
                """));
  }

  @Test
  void answersABatchWithLabelsScoresAndTheCallersId() throws Exception {
    // Given
    var samples = Samples.shipped();

    // When
    var answer = infer("/v2/models/crescents/infer", request(samples, "FP64").put("id", "call-7"));

    // Then
    var body = new JsonObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(body.getString("model_name")).isEqualTo("crescents");
    assertThat(body.getString("model_version")).isEqualTo("1");
    assertThat(body.getString("id")).isEqualTo("call-7");
    assertThat(output(body, 0).getJsonArray("data").getList())
        .isEqualTo(samples.stream().map(Sample::label).toList());
    assertThat(output(body, 0).getJsonArray("shape")).isEqualTo(new JsonArray().add(20));
    assertThat(output(body, 1).getJsonArray("data")).hasSize(40);
    assertThat(output(body, 1).getJsonArray("shape")).isEqualTo(new JsonArray().add(20).add(2));
  }

  @Test
  void answersSinglePrecisionAndNestedRowsAndAVersionAlike() throws Exception {
    // Given
    var sample = Samples.shipped().getFirst();
    var single = request(List.of(sample), "FP32");
    var nested = request(List.of(sample), "FP64");
    nested.getJsonArray("inputs").getJsonObject(0).put("data", new JsonArray().add(row(sample)));

    // When
    var flat = infer("/v2/models/crescents/infer", request(List.of(sample), "FP64"));

    // Then
    assertThat(flat.body()).doesNotContain("\"id\"");
    assertThat(infer("/v2/models/crescents/infer", single).body()).isEqualTo(flat.body());
    assertThat(infer("/v2/models/crescents/versions/1/infer", nested).body())
        .isEqualTo(flat.body());
  }

  @Test
  void answersOnlyTheOutputsThatAreAskedFor() throws Exception {
    // Given
    var labelOnly = request(Samples.shipped(), "FP64");
    labelOnly.put("outputs", new JsonArray().add(new JsonObject().put("name", "label")));

    // When
    var body = new JsonObject(infer("/v2/models/crescents/infer", labelOnly).body());

    // Then
    assertThat(body.getJsonArray("outputs")).hasSize(1);
    assertThat(output(body, 0).getString("name")).isEqualTo("label");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/models/other",
        "/v2/models/other/ready",
        "/v2/models/crescents/versions/2/ready",
        "/v3",
        "/"
      })
  void whatIsNotServedIsNotFound(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer)).isNotBlank();
  }

  @Test
  void anotherModelIsNotFoundByInfer() throws Exception {
    var answer = infer("/v2/models/other/infer", request(Samples.shipped(), "FP64"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer)).isEqualTo("Unknown model \"other\": this server has \"crescents\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                                                                            | not a JSON object
          []                                                                                           | not a JSON object
          {}                                                                                           | "inputs"
          {"inputs":[]}                                                                                | takes 1 input
          {"inputs":[3]}                                                                               | inputs[0]
          {"id":7,"inputs":[]}                                                                         | takes 1 input
          {"inputs":[{"name":"x","shape":[1,2],"datatype":"FP64","data":[1,2]}]}                       | Unknown input
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"INT64","data":[1,2]}]}                  | INT64
          {"inputs":[{"name":"point","shape":[1,2],"data":[1,2]}]}                                     | Datatype
          {"inputs":[{"name":"point","shape":[1,3],"datatype":"FP64","data":[1,2,3]}]}                 | [1,3]
          {"inputs":[{"name":"point","shape":[2],"datatype":"FP64","data":[1,2]}]}                     | [2]
          {"inputs":[{"name":"point","shape":[0,2],"datatype":"FP64","data":[]}]}                      | [0,2]
          {"inputs":[{"name":"point","shape":[-1,2],"datatype":"FP64","data":[]}]}                     | [-1,2]
          {"inputs":[{"name":"point","shape":[1001,2],"datatype":"FP64","data":[]}]}                   | 1 to 1000
          {"inputs":[{"name":"point","shape":[2,2],"datatype":"FP64","data":[1,2]}]}                   | needs 4 numbers
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"FP64","data":[1,"2"]}]}                 | where a number
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"FP64","data":[1,null]}]}                | null
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"FP64","data":[1,1e999]}]}               | out of the range
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"FP32","data":[1,1e39]}]}                | out of the range
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"FP64","data":[1,NaN]}]}                 | not a JSON object
          {"inputs":[{"name":"point","shape":[1,2],"datatype":"FP64","data":[1,2]}],"outputs":[{"name":"odds"}]} | odds
          {"id":7,"inputs":[{"name":"point","shape":[1,2],"datatype":"FP64","data":[1,2]}]}            | id must be
          """)
  void aMalformedRequestIsRefusedWithItsReason(String body, String reason) throws Exception {
    var answer = infer("/v2/models/crescents/infer", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).contains(reason);
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    var answer = infer("/v2/models/crescents/infer", " ".repeat((1 << 20) + 1));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(error(answer)).contains("1048576 bytes");
  }

  @Test
  void anotherMethodIsRefused() throws Exception {
    var answer = get("/v2/models/crescents/infer");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(error(answer)).contains("GET");
  }

  private static JsonObject request(List<Sample> samples, String datatype) {
    var data = new JsonArray();
    samples.forEach(sample -> data.addAll(row(sample)));
    var input =
        new JsonObject()
            .put("name", "point")
            .put("shape", new JsonArray().add(samples.size()).add(2))
            .put("datatype", datatype)
            .put("data", data);
    return new JsonObject().put("inputs", new JsonArray().add(input));
  }

  private static JsonArray row(Sample sample) {
    return new JsonArray().add(sample.point().x1()).add(sample.point().x2());
  }

  private static JsonObject output(JsonObject body, int at) {
    return body.getJsonArray("outputs").getJsonObject(at);
  }

  private static String error(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("error");
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> infer(String path, JsonObject body)
      throws IOException, InterruptedException {
    return infer(path, body.encode());
  }

  private static HttpResponse<String> infer(String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .POST(BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
