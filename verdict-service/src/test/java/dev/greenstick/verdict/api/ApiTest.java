package dev.greenstick.verdict.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Golden;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.verdict.Story;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaWithAJudgedRun.class)
class ApiTest {

  private static final String PROBLEM = "application/problem+json";
  private static final String RUN = "/runs/" + Examples.RUN.id();
  private static final String UNKNOWN = "/runs/00000000-0000-3000-8000-000000000000";
  private static final String EXPERIMENT = "/experiments/" + Examples.EXPERIMENT;
  private static final int RUNS = KafkaWithAJudgedRun.DAYS + 2;

  /** All but the one that is not over and the one that was skipped. */
  private static final int JUDGED = RUNS - 2;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Of curl, when its time is up. */
  private static final int TIMED_OUT = 28;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @BeforeEach
  void untilTheRunsAreJudged() {
    until(
        () ->
            given().get("/q/health/ready").statusCode() == 200
                && given().get("/runs").statusCode() == 200
                && given().get("/runs?outcome=open").jsonPath().getList("runs").size() == 1
                && given().get("/runs").jsonPath().getList("runs").size() == RUNS);
  }

  @Test
  void theStateAfterAnyEventIsFoundNotFoundOrMalformed() {
    given()
        .get(RUN + "/state?at=1")
        .then()
        .statusCode(200)
        .body("events", equalTo(1))
        .body("event.type", equalTo("dev.greenstick.run.planned.v1"))
        .body("ended", equalTo(false));
    given()
        .get(RUN + "/state")
        .then()
        .statusCode(200)
        .body("ended", equalTo(true))
        .body("lacking", hasSize(0))
        .body("judgements", hasSize(4));
    given().get(RUN + "/state?at=100000").then().statusCode(404).contentType(PROBLEM);
    given().get(UNKNOWN + "/state").then().statusCode(404).contentType(PROBLEM);
    given().get(RUN + "/state?at=yesterday").then().statusCode(400).contentType(PROBLEM);
  }

  @Test
  void aReplayReachesEveryVerdictOfTheLiveServiceAgain() {
    // When
    String replay = replay("{}");

    // Then
    given()
        .get(replay)
        .then()
        .statusCode(200)
        .body("stage", equalTo("done"))
        .body("pace.read", greaterThan(RUNS))
        .body("pace.perSecond", greaterThan(0f))
        .body("counts.runs.identical", equalTo(JUDGED))
        .body("counts.runs.'not-ended'", equalTo(1))
        .body("counts.runs.skipped", equalTo(1))
        .body("counts.runs.size()", equalTo(3))
        .body("failure", nullValue());
  }

  @Test
  void aReplayOfWhatIsSelectedTellsWhichOutcomesAnotherHypothesisChanges() {
    // When
    String one =
        replay(
            "{\"hypothesis\":{\"assertions\":[\"run.count < 1\"]},\"run\":\"%s\"}"
                .formatted(Examples.RUN.id()));
    String day = replay("{\"since\":\"2026-11-24T00:00:00Z\",\"before\":\"2026-11-25T00:00:00Z\"}");
    String nextDay = replay("{\"since\":\"2026-11-25T00:00:00Z\"}");
    String other = replay("{\"experiment\":\"never-ran\",\"cluster\":\"local\"}");
    String late = replay("{\"late\":true,\"until\":\"2100-01-01T00:00:00Z\"}");

    // Then
    given()
        .get(one)
        .then()
        .body("outcomes", hasSize(1))
        .body("outcomes[0].status", equalTo("changed"))
        .body("outcomes[0].recorded", equalTo("confirmed"))
        .body("outcomes[0].replayed", equalTo("refuted"))
        .body("outcomes[0].verdict.hypothesis.assertions", contains("run.count < 1"));
    given().get(day).then().body("counts.runs.identical", equalTo(JUDGED));
    given().get(nextDay).then().body("counts.runs.size()", equalTo(0));
    given().get(other).then().body("counts.runs.skipped", equalTo(1));
    given().get(late).then().body("counts.runs.unchanged", equalTo(JUDGED));
    given().delete(one).then().statusCode(200).body("stage", equalTo("done"));
    given().get("/replays").then().statusCode(200).body("number", hasItem(greaterThan(3)));
  }

  @Test
  void aReplayThatNobodyAskedForIsNotFound() {
    given().get("/replays/100000").then().statusCode(404).contentType(PROBLEM);
    given().delete("/replays/100000").then().statusCode(404).contentType(PROBLEM);
    given().get("/replays/x").then().statusCode(400).contentType(PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'experimnt':'x'}",
        "{'hypothesis':{'assertion':[]}}",
        "{'run':'17'}",
        "{'run':17}",
        "{'cluster':'Not_A_Name'}",
        "{'since':'yesterday'}",
        "{'until':'tomorrow'}",
        "{'late':'perhaps'}",
        "{'offsets':[null]}",
        "{'offsets':[{'topic':'greenstick.runs'}]}",
        "{'offsets':{'topic':'greenstick.runs'}}",
        "{'topic':'greenstick.verdicts'}",
        "null",
        "[]",
        "{'a'",
      })
  void aReplayThatMakesNoSenseIsRefusedWithTheReason(String body) {
    asked(body.replace('\'', '"'))
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("detail", containsString("must be"))
        .body("detail", not(containsString("dev.greenstick")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'hypothesis':{'assertions':['fault.availabilty > 1']}} | fault.availability",
        "{'hypothesis':{}} | assertions",
        "{'hypothesis':{'assertions':[null]}} | assertions",
        "{'since':'2026-11-25T10:00:00Z','before':'2026-11-25T10:00:00Z'} | nothing is since",
        "{'offsets':[{'topic':'a','partition':0,'from':2,'to':1}]} | no offsets from 2 to 1",
        "{'offsets':[{'topic':'a','partition':0,'from':1,'to':2}]} | a holds no history of runs",
      },
      quoteCharacter = '`')
  void aReplayThatCannotBeJudgedIsRefusedWithTheReason(String body, String reason) {
    asked(body.replace('\'', '"'))
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("detail", containsString(reason));
  }

  private static Response asked(String body) {
    return given().body(body).contentType("application/json").post("/replays");
  }

  /** Asks for a replay and waits until it is over; where it tells what it came to. */
  private static String replay(String body) {
    Response asked = asked(body);
    asked.then().statusCode(202).body("number", greaterThan(0));
    String replay = asked.header("Location");
    until(() -> !List.of("waiting", "running").contains(given().get(replay).path("stage")));
    return replay;
  }

  @Test
  void aRunIsFoundWithItsVerdict() {
    given()
        .get(RUN)
        .then()
        .statusCode(200)
        .body("summary.run.id", equalTo(Examples.RUN.id().toString()))
        .body("verdict.outcome", equalTo("confirmed"))
        .body("verdict.judgements", hasSize(4));
    given()
        .get(RUN + "/verdict")
        .then()
        .statusCode(200)
        .body("verdict.outcome", equalTo("confirmed"))
        .body("at", notNullValue());
  }

  @Test
  void itsWindowsAreFoundFromAnIndexOn() {
    given().get(RUN + "/windows").then().statusCode(200).body("", hasSize(70));
    given().get(RUN + "/windows?from=65").then().statusCode(200).body("index", hasSize(5));
  }

  @Test
  void itsTimelineIsToldPageByPage() {
    // When
    List<String> told = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonPath page = given().get(RUN + "/timeline?limit=5" + after).jsonPath();
      told.addAll(page.getList("events.type"));
      after = page.getString("next") == null ? null : "&after=" + page.getString("next");
    }

    // Then
    assertThat(told)
        .hasSizeGreaterThanOrEqualTo(14)
        .startsWith("dev.greenstick.run.planned.v1")
        .contains("dev.greenstick.verdict.baseline-judged.v1")
        .containsSubsequence(
            "dev.greenstick.run.step-started.v1",
            "dev.greenstick.fault.injected.v1",
            "dev.greenstick.health.pod.v1",
            "dev.greenstick.fault.reverted.v1",
            "dev.greenstick.run.finished.v1",
            "dev.greenstick.verdict.reached.v1");
  }

  @Test
  void itsWindowsAreASeriesAtTheResolutionThatIsAskedFor() {
    given()
        .get(RUN + "/series?resolution=20s&percentiles=50,99.9")
        .then()
        .statusCode(200)
        .body("resolutionSeconds", equalTo(20))
        .body("probes", hasSize(1))
        .body("probes[0].points.index", contains(0, 20, 40, 60))
        .body("probes[0].points.windows", contains(20, 20, 20, 10))
        .body("probes[0].points.latencyMillis.'p99.9'", everyItem(greaterThan(0f)));
    given()
        .get(RUN + "/series?points=10&from=10&to=30")
        .then()
        .statusCode(200)
        .body("resolutionSeconds", equalTo(2))
        .body("probes[0].points", hasSize(10));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=50, 9",
    "experiment=one-pod-fails, 8",
    "experiment=never-ran, 1",
    "experiment=no-such, 0",
    "cluster=local, 9",
    "cluster=elsewhere, 0",
    "outcome=confirmed, 6",
    "outcome=refuted, 1",
    "outcome=skipped, 1",
    "outcome=open, 1",
    "outcome=inconclusive, 0",
    "from=2026-11-25T10:00:00Z, 7",
    "from=2026-11-25T11:00:00%2B01:00, 7",
    "to=2026-11-24T10:00:00Z, 1",
    "from=2026-11-25T10:00:00Z&to=2026-11-26T10:00:00Z, 1",
    "experiment=one-pod-fails&cluster=local&outcome=confirmed&from=2026-11-25T00:00:00Z, 5"
  })
  void runsAreListedByFilter(String filter, int expected) {
    given()
        .urlEncodingEnabled(false)
        .get("/runs?" + filter)
        .then()
        .statusCode(200)
        .body("runs", hasSize(expected));
  }

  @Test
  void pagesTellEveryRunOnceTheLatestFirst() {
    // When
    List<String> paged = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page = given().get("/runs?limit=2" + cursor).jsonPath();
      paged.addAll(page.getList("runs.scheduledFor"));
      cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
    }

    // Then
    assertThat(paged)
        .isEqualTo(given().get("/runs").jsonPath().getList("runs.scheduledFor"))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .hasSize(RUNS);
  }

  @Test
  void anExperimentIsFoundWithItsHistoryAndItsTrend() {
    given()
        .get(EXPERIMENT + "/runs?figures=fault.availability&limit=3")
        .then()
        .statusCode(200)
        .body("runs", hasSize(3))
        .body("runs[0].summary.state", equalTo("recovery"))
        .body("runs[1].figures.'fault.availability'", equalTo(1f))
        .body("next", notNullValue());
    given()
        .get(EXPERIMENT + "/trend")
        .then()
        .statusCode(200)
        .body("runs", equalTo(8))
        .body("outcomes.confirmed", equalTo(6))
        .body("figures.'fault.availability'.samples", hasSize(7))
        .body("figures.'fault.availability'.trend.median", equalTo(1f))
        .body("figures.'recovery.time'.unit", equalTo("s"))
        .body("figures.'fault.latency.p99'.trend.slopePerDay", notNullValue());
  }

  @Test
  void trendsOfStepsAndProbesAreReadOffTheWindowsOfTheRuns() {
    given()
        .queryParam(
            "figures",
            "fault.availability,steps.pod-failure.availability,"
                + "probes.predictions.steps.pod-failure.count,probes['predictions'].baseline.count")
        .queryParam("to", "2026-11-30T00:00:00Z")
        .get(EXPERIMENT + "/trend")
        .then()
        .statusCode(200)
        .body("figures.keySet()", hasSize(4))
        .body(
            "figures.\"steps['pod-failure'].availability\".samples.value",
            equalTo(
                given()
                    .get(EXPERIMENT + "/trend?figures=fault.availability&to=2026-11-30T00:00:00Z")
                    .jsonPath()
                    .getList("figures.'fault.availability'.samples.value")))
        .body("figures.\"steps['pod-failure'].availability\".trend.median", equalTo(1f))
        .body(
            "figures.\"probes['predictions'].steps['pod-failure'].count\".trend.median",
            equalTo(150f))
        .body("figures.\"probes['predictions'].baseline.count\".samples[0].value", equalTo(1000f));
    given()
        .get(EXPERIMENT + "/trend?figures=steps.no-such.availability")
        .then()
        .statusCode(200)
        .body("figures.\"steps['no-such'].availability\".samples", hasSize(0));
  }

  @Test
  void whatComesAfterTheVerdictIsShownAndDoesNotChangeIt() {
    // Given
    String before = given().get(RUN + "/verdict").jsonPath().getString("verdict");

    // When
    KafkaWithAJudgedRun.record(
        kafka,
        Story.of(0, 20, 30, 21).evidence().stream()
            .filter(one -> one.data() instanceof HealthWindow window && window.index() == 70)
            .toList());
    until(() -> given().get(RUN).jsonPath().getInt("lateEvents") == 1);

    // Then
    assertThat(given().get(RUN + "/verdict").jsonPath().getString("verdict")).isEqualTo(before);
    given()
        .get(RUN + "/timeline")
        .then()
        .body("events.findAll { it.late }.type", contains("dev.greenstick.health.window.v1"));
  }

  @Test
  void whatNobodyHeardOfIsNotFound() {
    for (String path :
        List.of(
            UNKNOWN,
            UNKNOWN + "/windows",
            UNKNOWN + "/series",
            UNKNOWN + "/timeline",
            UNKNOWN + "/verdict",
            RUN + "/series?probe=no-such",
            "/runs/" + KafkaWithAJudgedRun.SKIPPED.id() + "/verdict",
            "/experiments/no-such/runs",
            "/experiments/no-such/trend")) {
      given().get(path).then().statusCode(404).contentType(PROBLEM).body("title", notNullValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/no-uuid",
        "/runs/no-uuid/timeline",
        "/runs?limit=0",
        "/runs?limit=many",
        "/runs?cursor=AAAA",
        "/runs?outcome=fine",
        "/runs?from=yesterday",
        "/runs?experiment=Not_A_Name",
        "/experiments/one-pod-fails/runs?figures=fault.speed",
        "/experiments/one-pod-fails/trend?limit=501",
        "/experiments/one-pod-fails/trend?limit=101&figures=steps.pod-failure.availability",
        "/experiments/one-pod-fails/trend?figures=steps.pod-failure.speed",
        "/experiments/Not_A_Name/trend",
        UNKNOWN + "/windows?from=-1",
        UNKNOWN + "/series?percentiles=101",
        UNKNOWN + "/series?resolution=1.5s",
        UNKNOWN + "/series?points=2001",
        UNKNOWN + "/timeline?after=AAAA",
        "/events?type=no-such",
        "/events?run=no-uuid",
        "/events?since=yesterday"
      })
  void whatIsMalformedIsRefusedWithTheReason(String path) {
    given()
        .get(path)
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("detail", containsString("must be"));
  }

  @Test
  void aPlaceThatIsNoneOfThisStreamIsRefused() {
    for (String id :
        List.of(
            "nonsense",
            "runs:0,0,0,0",
            "faults:0,0,0,0;health:0,0,0,0;runs:0,0,0,99999;verdicts:0,0,0,0")) {
      given()
          .header("Last-Event-ID", id)
          .get("/events")
          .then()
          .statusCode(400)
          .contentType(PROBLEM)
          .body("detail", containsString("Last-Event-ID"));
    }
  }

  @Test
  void theOpenApiDocumentIsTheGoldenOne() {
    Golden.assertThat("openapi.yaml", given().get("/q/openapi").asString());
  }

  @Test
  void answersHaveTheFormThatTheDocumentPromises() {
    // Given
    OpenApi promised = OpenApi.of(given().get("/q/openapi?format=json").asString());

    // Then
    String replay = replay("{\"hypothesis\":{\"assertions\":[\"run.count < 1\"]}}");
    promised.assertPromised("/replays", given().get("/replays").asString());
    promised.assertPromised("/replays/{number}", given().get(replay).asString());
    promised.assertPromised("/runs", given().get("/runs?limit=5").asString());
    promised.assertPromised("/runs/{id}", given().get(RUN).asString());
    promised.assertPromised("/runs/{id}/verdict", given().get(RUN + "/verdict").asString());
    promised.assertPromised("/runs/{id}/timeline", given().get(RUN + "/timeline").asString());
    promised.assertPromised("/runs/{id}/windows", given().get(RUN + "/windows").asString());
    promised.assertPromised("/runs/{id}/series", given().get(RUN + "/series").asString());
    promised.assertPromised(
        "/experiments/{name}/runs", given().get(EXPERIMENT + "/runs").asString());
    promised.assertPromised(
        "/experiments/{name}/trend", given().get(EXPERIMENT + "/trend").asString());
  }

  @Test
  void theCommandsOfTheReadmeAnswer() throws Exception {
    // Given
    List<String> commands =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("curl "))
            .toList();
    assertThat(commands).hasSizeGreaterThan(10);
    for (String command : commands) {
      boolean streams = command.startsWith("curl -sN");

      // When
      Process curl =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  command
                      .replace("127.0.0.1:8084", "127.0.0.1:" + RestAssured.port)
                      .replace("curl -s", "curl --fail --max-time " + (streams ? 3 : 30) + " -s")
                      .replace("$RUN", Examples.RUN.id().toString())
                      .replace("$EXPERIMENT", Examples.EXPERIMENT.value()))
              .redirectErrorStream(true)
              .start();
      String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      // Then
      assertThat(curl.waitFor()).as("%s: %s", command, answer).isEqualTo(streams ? TIMED_OUT : 0);
      assertThat(answer).as(command).startsWith(streams ? "retry: 1000\nid: faults:" : answer);
      assertThat(answer).as(command).hasSizeGreaterThan(10);
    }
  }

  @Test
  void liveEventsAreStreamedOverHttp() throws Exception {
    // Given
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/events?run=%s&since=2000-01-01T00:00:00Z"
                        .formatted(RestAssured.port, Examples.RUN.id())))
            .build();

    // When
    List<String> types;
    try (HttpClient http = HttpClient.newHttpClient();
        Stream<String> lines = http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      types =
          lines
              .filter(line -> line.startsWith("event: "))
              .map(line -> line.substring("event: ".length()))
              .limit(70)
              .toList();
      http.shutdownNow();
    }

    // Then
    assertThat(types).hasSize(70).contains("dev.greenstick.health.window.v1");
  }

  @Test
  void theTimeFromTheLastEventToTheVerdictIsMeasured() {
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("greenstick_verdict_after_last_event_seconds_count 7"));
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
