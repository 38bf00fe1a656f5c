package dev.greenstick.verdict.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Golden;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaWithAJudgedRun.class)
class ApiTest {

  private static final String PROBLEM = "application/problem+json";
  private static final String RUN = "/runs/" + Examples.RUN.id();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  @BeforeEach
  void untilTheRunIsJudged() {
    until(
        () ->
            given().get("/q/health/ready").statusCode() == 200
                && given().get(RUN).asString().contains("\"verdict\""));
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
  }

  @Test
  void itsWindowsAreFoundFromAnIndexOn() {
    given().get(RUN + "/windows").then().statusCode(200).body("", hasSize(70));
    given().get(RUN + "/windows?from=65").then().statusCode(200).body("index", hasSize(5));
  }

  @Test
  void theRunIsAmongTheRecentOnes() {
    given()
        .get("/runs")
        .then()
        .statusCode(200)
        .body("run.id", hasItem(Examples.RUN.id().toString()));
  }

  @Test
  void aRunThatNobodyHeardOfIsNotFound() {
    String unknown = "/runs/00000000-0000-3000-8000-000000000000";
    given().get(unknown).then().statusCode(404).contentType(PROBLEM);
    given().get(unknown + "/windows").then().statusCode(404).contentType(PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/no-uuid",
        "/runs?limit=0",
        "/runs?limit=many",
        "/runs/00000000-0000-3000-8000-000000000000/windows?from=-1"
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
  void theOpenApiDocumentIsTheGoldenOne() {
    Golden.assertThat("openapi.yaml", given().get("/q/openapi").asString());
  }

  @Test
  void theTimeFromTheLastEventToTheVerdictIsMeasured() {
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("greenstick_verdict_after_last_event_seconds_count 1"));
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the run is judged within %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
