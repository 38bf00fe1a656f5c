package dev.greenstick.scheduler.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Golden;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.agent.AgentHeartbeat.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaWithTopics.class)
class ApiTest {

  private static final String YAML = "application/yaml";
  private static final String PROBLEM = "application/problem+json";

  @Inject Outbox outbox;

  @BeforeEach
  void untilItIsReady() {
    until(() -> given().get("/experiments").statusCode() == 200, "the streams run");
  }

  @Test
  void theTopicsThatItWaitsForAreNamed() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.data.available_topics", hasItem(containsString("greenstick.commands.local")));
  }

  @Test
  void theOpenApiDocumentIsTheGoldenOne() {
    Golden.assertThat("openapi.yaml", given().get("/q/openapi").asString());
  }

  @Test
  void metricsAreThere() {
    // Given
    define("measured");

    // When
    ValidatableResponse metrics = given().get("/q/metrics").then();

    // Then
    metrics.statusCode(200).body(containsString("greenstick_scheduler_timer_lateness"));
  }

  // Definitions: found, not found, malformed.

  @Test
  void aDefinitionIsAnsweredWithItsDefaultsAndFoundAtOnce() {
    // When
    ValidatableResponse put = put("defined", YAML, document("defined"));

    // Then
    put.statusCode(201)
        .contentType("application/json")
        .body("metadata.name", equalTo("defined"))
        .body("spec.baseline", equalTo("20s"));
    given()
        .get("/experiments/defined")
        .then()
        .statusCode(200)
        .body("spec.clusters", equalTo(List.of("local")));
    put("defined", YAML, document("defined")).statusCode(200);
    given().get("/experiments").then().body("experiments.name", hasItem("defined"));
  }

  @Test
  void anExperimentThatIsNotDefinedIsNotFound() {
    refused(given().get("/experiments/nobody-wrote-this"), 404)
        .body("detail", equalTo("experiment nobody-wrote-this is not defined"));
    refused(given().delete("/experiments/nobody-wrote-this"), 404);
    refused(given().post("/experiments/nobody-wrote-this/runs"), 404);
  }

  @Test
  void aNameThatIsNoneIsMalformed() {
    refused(given().get("/experiments/Not_A_Name"), 400).body("problems[0].path", equalTo("name"));
    refused(given().delete("/experiments/Not_A_Name"), 400);
    refused(given().post("/experiments/Not_A_Name/runs"), 400);
  }

  @Test
  void aDefinitionIsRefusedWithAllItsProblems() {
    // Given
    String wrong =
        document("wrong")
            .replace("mode\":\"one\"", "mode\":\"some\"")
            .replace("[local]", "[Mars!]");

    // When
    ValidatableResponse put = put("wrong", YAML, wrong);

    // Then
    put.statusCode(422)
        .contentType(PROBLEM)
        .body("title", equalTo("Invalid definition"))
        .body("status", equalTo(422))
        .body("problems", hasSize(2))
        .body(
            "problems.path",
            hasItems("spec.clusters[0]", "spec.steps[0].branches[0].actions[0].podChaos.mode"));
    refused(given().get("/experiments/wrong"), 404);
  }

  @Test
  void aHypothesisThatCannotBeJudgedIsRefused() {
    put("wrong", YAML, document("wrong").replace("fault.availability >=", "fault.availabilty >="))
        .statusCode(422)
        .body("problems[0].path", equalTo("spec.hypothesis.assertions[0]"))
        .body("problems[0].message", containsString("availabilty"));
  }

  @Test
  void aDefinitionUnderAnothersNameIsRefused() {
    put("one", YAML, document("other"))
        .statusCode(422)
        .body("problems[0].path", equalTo("metadata.name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1, 2", "a: &a [*a, *a]", "\u0000", "- - -"})
  void whatIsNoDefinitionIsRefused(String document) {
    put("wrong", YAML, document).statusCode(422).contentType(PROBLEM);
  }

  @Test
  void aDefinitionInJsonIsTaken() {
    // Given
    String json = put("in-json", YAML, document("in-json")).extract().asString();

    // When
    ValidatableResponse put = put("in-json", "application/json", json);

    // Then
    put.statusCode(200);
    assertThat(put.extract().asString()).isEqualTo(json);
  }

  @Test
  void anotherMediaTypeIsRefused() {
    put("wrong", "text/plain", document("wrong"))
        .statusCode(415)
        .contentType(PROBLEM)
        .body("detail", containsString("application/yaml"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024 * 1024 + 1, 10_000_000})
  void aBodyThatIsTooLargeIsRefused(int size) {
    put("large", YAML, "#".repeat(size)).statusCode(413).contentType(PROBLEM);
  }

  @Test
  void aPathThatIsNoneIsRefusedAsProblemToo() {
    refused(given().get("/experiment"), 404);
    refused(given().post("/experiments"), 405);
  }

  @Test
  void aDeletedExperimentIsGoneAtOnce() {
    // Given
    define("gone");

    // When
    given().delete("/experiments/gone").then().statusCode(204);

    // Then
    refused(given().get("/experiments/gone"), 404);
    given().get("/experiments").then().body("experiments.name", not(hasItem("gone")));
  }

  // Runs: found, not found, malformed.

  @Test
  void aRequestedRunIsFoundAndCanBeAborted() {
    // Given
    define("runs");

    // When
    String run =
        given()
            .header("X-Greenstick-User", "alice")
            .post("/experiments/runs/runs")
            .then()
            .statusCode(202)
            .body("runs", hasSize(1))
            .body("runs[0].cluster", equalTo("local"))
            .extract()
            .path("runs[0].id");

    // Then
    until(() -> given().get("/runs/" + run).statusCode() == 200, "the run is taken up");
    given()
        .get("/runs/" + run)
        .then()
        .body("phase", equalTo("starting"))
        .body("trigger", equalTo("requested by alice"))
        .body("outcome", nullValue());
    given()
        .contentType("application/json")
        .body("{\"reason\": \"a customer called\"}")
        .post("/runs/" + run + "/abort")
        .then()
        .statusCode(202)
        .body("id", equalTo(run));
    until(
        () -> "stopping".equals(given().get("/runs/" + run).path("phase")), "the run is stopping");
    given()
        .get("/runs/" + run)
        .then()
        .body("outcome", equalTo("aborted"))
        .body("cause", equalTo("requested"))
        .body("reason", equalTo("requested by anonymous: a customer called"));

    // And a second run meanwhile is skipped.
    String second = given().post("/experiments/runs/runs").path("runs[0].id");
    until(() -> given().get("/runs/" + second).statusCode() == 200, "the second is decided on");
    given()
        .get("/runs/" + second)
        .then()
        .body("outcome", equalTo("skipped"))
        .body("reason", containsString("is still going on"));
    refused(given().post("/runs/" + second + "/abort"), 409);
  }

  @Test
  void aRunThatIsNotKnownIsNotFound() {
    String run = UUID.nameUUIDFromBytes(new byte[1]).toString();
    refused(given().get("/runs/" + run), 404);
    refused(given().post("/runs/" + run + "/abort"), 404);
  }

  @Test
  void anIdThatIsNoneIsMalformed() {
    refused(given().get("/runs/1"), 400).body("problems[0].path", equalTo("id"));
    refused(
        given().post("/runs/" + Examples.RUN.id().toString().toUpperCase(Locale.ROOT) + "/abort"),
        400);
  }

  @Test
  void anAbortReasonThatIsNoneIsMalformed() {
    String path = "/runs/" + Examples.RUN.id() + "/abort";
    refused(given().contentType("application/json").body("{\"reason\": [").post(path), 400);
    refused(
        given()
            .contentType("application/json")
            .body("{\"reason\": \"" + "x".repeat(1001) + "\"}")
            .post(path),
        400);
  }

  // Occurrences: found, not found, malformed.

  @Test
  void theNextOccurrencesOfAScheduleAreShown() {
    // Given
    put("nightly", YAML, document("nightly") + "  schedule: {cron: '0 3 * * *', timeZone: UTC}\n");

    // When
    ValidatableResponse next = given().get("/experiments/nightly/occurrences?limit=3").then();

    // Then
    next.statusCode(200)
        .body("schedule.cron", equalTo("0 3 * * *"))
        .body("schedule.concurrencyPolicy", equalTo("Forbid"))
        .body("occurrences", hasSize(3))
        .body("occurrences[0]", containsString("T03:00:00Z"));
  }

  @Test
  void withoutAScheduleThereAreNone() {
    // Given
    define("never");

    // When
    ValidatableResponse next = given().get("/experiments/never/occurrences").then();

    // Then
    next.statusCode(200).body("schedule", nullValue()).body("occurrences", hasSize(0));
    refused(given().get("/experiments/nobody-wrote-this/occurrences"), 404);
    refused(given().get("/experiments/never/occurrences?limit=0"), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"61 * * * *", "0 0 30 2 *", "@fortnightly", "@every 5 minutes"})
  void aCronExpressionThatIsNoneIsRefused(String cron) {
    put("wrong", YAML, document("wrong") + "  schedule: {cron: '" + cron + "'}\n")
        .statusCode(422)
        .body("problems[0].path", equalTo("spec.schedule.cron"));
  }

  // Clusters: found, not found, malformed.

  @Test
  void aClusterIsOnlineWhenItsAgentsAreHeard() {
    // Given
    given()
        .get("/clusters/local")
        .then()
        .statusCode(200)
        .body("served", equalTo(true))
        .body("online", equalTo(false))
        .body("agents", hasSize(0));

    // When
    for (Kind kind : Kind.values()) {
      outbox.write(
          Topics.AGENTS,
          Event.of(
              URI.create("/test"),
              Examples.START,
              new AgentHeartbeat(
                  Examples.CLUSTER,
                  kind + "-0",
                  kind,
                  "1.2.3",
                  List.of("pod-kill"),
                  Examples.START)));
    }

    // Then
    until(() -> given().get("/clusters/local").path("online"), "both are heard");
    given()
        .get("/clusters")
        .then()
        .statusCode(200)
        .body("clusters.name", equalTo(List.of("local")))
        .body("clusters[0].agents.kind", equalTo(List.of("injector", "probe")))
        .body("clusters[0].agents[0].version", equalTo("1.2.3"))
        .body("clusters[0].agents[0].capabilities", equalTo(List.of("pod-kill")))
        .body("clusters[0].agents[0].lastSeen", not(nullValue()))
        .body("clusters[0].agents[0].online", equalTo(true));
  }

  @Test
  void aClusterThatIsNoneIsNotFoundOrMalformed() {
    refused(given().get("/clusters/mars"), 404);
    refused(given().get("/clusters/Not_A_Name"), 400).body("problems[0].path", equalTo("name"));
  }

  // Halts: found, not found, malformed.

  @Test
  void aHaltIsInForceAtOnceUntilItIsLifted() {
    // Given
    define("halted");
    String halt = "/halts/experiment/halted";

    // When
    given()
        .header("X-Greenstick-User", "alice")
        .contentType("application/json")
        .body("{\"reason\": \"a customer called\"}")
        .put(halt)
        .then()
        .statusCode(201)
        .body("scope", equalTo("experiment/halted"))
        .body("by", equalTo("alice"))
        .body("reason", equalTo("a customer called"));

    // Then
    given().get(halt).then().statusCode(200).body("by", equalTo("alice"));
    given().get("/halts").then().body("halts.scope", hasItem("experiment/halted"));
    String run = given().post("/experiments/halted/runs").path("runs[0].id");
    until(() -> given().get("/runs/" + run).statusCode() == 200, "the run is decided on");
    given()
        .get("/runs/" + run)
        .then()
        .body("outcome", equalTo("skipped"))
        .body("reason", containsString("experiment/halted is halted by alice: a customer called"));

    // And again, which replaces it.
    given().put(halt).then().statusCode(200).body("reason", equalTo("no reason given"));

    // And it is lifted.
    given().queryParam("reason", "it was nothing").delete(halt).then().statusCode(204);
    refused(given().get(halt), 404);
    refused(given().delete(halt), 404).body("detail", equalTo("experiment/halted is not halted"));
    String after = given().post("/experiments/halted/runs").path("runs[0].id");
    until(() -> given().get("/runs/" + after).statusCode() == 200, "the run is taken up");
    given().get("/runs/" + after).then().body("phase", equalTo("starting"));
    given().post("/runs/" + after + "/abort").then().statusCode(202);
  }

  @Test
  void aHaltEndsTheRunsThatGoOn() {
    // Given
    define("going");
    String run = given().post("/experiments/going/runs").path("runs[0].id");
    until(() -> given().get("/runs/" + run).statusCode() == 200, "the run is taken up");

    // When
    given().put("/halts/experiment/going").then().statusCode(201);

    // Then
    until(() -> "halted".equals(given().get("/runs/" + run).path("cause")), "the run is halted");
    given().delete("/halts/experiment/going").then().statusCode(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "cluster/", "cluster/Not_A_Name", "experiment/a/b", "pods/a"})
  void aScopeThatIsNoneIsMalformed(String scope) {
    refused(given().put("/halts/" + scope), 400).body("problems[0].path", equalTo("scope"));
    refused(given().get("/halts/" + scope), 400);
    refused(given().delete("/halts/" + scope), 400);
  }

  @Test
  void aUserThatIsNoneIsMalformed() {
    define("by-whom");
    refused(given().header("X-Greenstick-User", "<script>").post("/experiments/by-whom/runs"), 400)
        .body("problems[0].path", equalTo("X-Greenstick-User"));
  }

  private static void define(String name) {
    assertThat(put(name, YAML, document(name)).extract().statusCode()).isIn(200, 201);
  }

  private static String document(String name) {
    return Examples.DOCUMENT.replace("name: one-pod-fails", "name: " + name);
  }

  private static ValidatableResponse put(String name, String mediaType, String document) {
    return given()
        .contentType(mediaType + "; charset=utf-8")
        .body(document.getBytes(StandardCharsets.UTF_8))
        .put("/experiments/" + name)
        .then();
  }

  private static ValidatableResponse refused(Response response, int status) {
    return response
        .then()
        .statusCode(status)
        .contentType(PROBLEM)
        .body("status", equalTo(status))
        .body("title", not(nullValue()))
        .body("detail", not(nullValue()));
  }

  private static void until(BooleanSupplier holds, String what) {
    for (int i = 0; i < 600; i++) {
      if (holds.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("not within 30s: " + what);
  }
}
