package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.Operator;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodChaosReaderTest {

  @Test
  void theSpecThatThisBeganWithIsReadVerbatim() {
    // When
    PodChaos spec =
        valid(
            """
            {"action":"pod-failure","mode":"one","duration":"30s","selector":{"namespaces":["default"]}}""");

    // Then
    assertThat(spec)
        .isEqualTo(
            new PodChaos(
                PodAction.POD_FAILURE,
                Mode.ONE,
                null,
                Duration.ofSeconds(30),
                0,
                List.of(),
                Selector.ofNamespaces("default")));
  }

  @Test
  void everyFieldOfASpecIsRead() {
    // When
    PodChaos spec =
        valid(
            """
            action: container-kill
            mode: fixed-percent
            value: "67"
            duration: 1m30s
            gracePeriod: 5
            containerNames: [model, proxy]
            selector:
              namespaces: [models, staging]
              labelSelectors: {app.kubernetes.io/name: classifier, canary: ""}
              expressionSelectors:
                - {key: tier, operator: In, values: [gold, silver]}
                - {key: pinned, operator: DoesNotExist}
              fieldSelectors: {spec.nodeName: node-1}
              annotationSelectors: {owner: team-a}
              podPhaseSelectors: [Running, "!Failed"]
              nodes: [node-1]
              nodeSelectors: {zone: a}
              pods: {models: [classifier-0]}
            """);

    // Then
    assertThat(spec)
        .isEqualTo(
            new PodChaos(
                PodAction.CONTAINER_KILL,
                Mode.FIXED_PERCENT,
                "67",
                Duration.ofSeconds(90),
                5,
                List.of("model", "proxy"),
                new Selector(
                    List.of("models", "staging"),
                    Map.of("app.kubernetes.io/name", "classifier", "canary", ""),
                    List.of(
                        new Requirement("tier", Operator.IN, List.of("gold", "silver")),
                        new Requirement("pinned", Operator.DOES_NOT_EXIST, List.of())),
                    Map.of("spec.nodeName", "node-1"),
                    Map.of("owner", "team-a"),
                    List.of("Running", "!Failed"),
                    List.of("node-1"),
                    Map.of("zone", "a"),
                    Map.of("models", List.of("classifier-0")))));
  }

  @ParameterizedTest
  @CsvSource({
    "fixed, 2, 2",
    "fixed, '\"2\"', 2",
    "fixed-percent, 100, 100",
    "random-max-percent, '\"1\"', 1",
    "one, '\"\"',",
    "one, '\"7\"',",
    "all, 7,"
  })
  void valuesAreNumbersOrTextWhereTheModeTakesOneAndIgnoredOtherwise(
      String mode, String written, String read) {
    assertThat(valid(withMode(mode, written)).value()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "fixed, 0",
    "fixed, -1",
    "fixed, 1.5",
    "fixed, 1.0",
    "fixed, '\"two\"'",
    "fixed, '\"\"'",
    "fixed, true",
    "fixed, [2]",
    "fixed, 2147483648",
    "fixed, 99999999999999999999",
    "fixed-percent, 0",
    "fixed-percent, 101",
    "fixed-percent, '\"33%\"'",
    "random-max-percent, -5",
    "random-max-percent, 12.5"
  })
  void valuesThatTheModeCannotTakeAreRefusedAtTheirPath(String mode, String written) {
    // When
    List<Problem> problems = invalid(withMode(mode, written));

    // Then
    assertThat(problems).singleElement().extracting(Problem::path).isEqualTo("value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT2M  | is an ISO 8601 duration; write it as Kubernetes does, as 2m, but is: PT2M",
        "PT1H  | is an ISO 8601 duration; write it as Kubernetes does, as 1h, but is: PT1H",
        "P1X   | is an ISO 8601 duration; write it as Kubernetes does, for example 2m instead of"
            + " PT2M, but is: P1X",
        "-5s   | must not be negative, but is: -5s",
        "0s    | must be from 1ns to 24h0m0s, but is: 0s",
        "25h   | must be from 1ns to 24h0m0s, but is: 25h",
        "30    | must be a duration like 300ms, 1.5h or 2h45m, but is: 30",
        "soon  | must be a duration like 300ms, 1.5h or 2h45m, but is: soon"
      })
  void durationsThatAreNoneAreRefusedWithWhatToWriteInstead(String written, String message) {
    // When
    List<Problem> problems =
        invalid(
            "{action: pod-kill, mode: one, duration: %s, selector: {namespaces: [a]}}"
                .formatted(written));

    // Then
    assertThat(problems).containsExactly(new Problem("duration", message));
  }

  @Test
  void allProblemsAreReportedAtOnceEachAtItsPath() {
    // When
    List<Problem> problems =
        invalid(
            """
            {"action":"pod-failur","mode":"some","durration":"30s","gracePeriod":-1,
             "remoteCluster":"eu","scheduler":{"cron":"@daily"},
             "selector":{"labelSelectors":{"app":true},"podPhaseSelectors":["!Runing"],
              "expressionSelectors":[{"key":"a","operator":"Is"},{"key":"b","operator":"In"},
               {"operator":"Exists","values":["x"]}]}}""");

    // Then
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "durration: is no known field; did you mean duration?",
            "remoteCluster: is not taken here; name clusters in the experiment's spec.clusters",
            "scheduler: is of Chaos Mesh 1.x and gone since; schedules are the experiment's own"
                + " field schedule",
            "action: is not known: pod-failur; did you mean pod-failure?",
            "mode: is not known: some; known are one, all, fixed, fixed-percent,"
                + " random-max-percent",
            "gracePeriod: must be a whole number of seconds, 0 or more, but is: -1",
            "selector.labelSelectors.app: must be text; write it in quotes, but is: true",
            "selector.expressionSelectors[0].operator: is not known: Is; did you mean In?",
            "selector.expressionSelectors[1].values: is missing; In and NotIn compare with one or"
                + " more values",
            "selector.expressionSelectors[2].key: is missing; name a label",
            "selector.expressionSelectors[2].values: must be left out; Exists and DoesNotExist"
                + " compare with nothing",
            "selector.podPhaseSelectors[0]: is no phase of a pod, but is: !Runing; did you mean"
                + " Running?",
            "selector: names neither namespaces nor pods; add namespaces, or it would be all pods");
  }

  @Test
  void containerKillWithoutContainersIsRefused() {
    // When
    List<Problem> problems =
        invalid("{action: container-kill, mode: one, selector: {namespaces: [a]}}");

    // Then
    assertThat(problems)
        .containsExactly(
            new Problem(
                "containerNames",
                "is missing; container-kill needs the names of the containers to kill"));
  }

  @Test
  void whatIsMissingIsNamedWithWhatToWrite() {
    // When
    List<Problem> problems = invalid("{}");

    // Then
    assertThat(problems)
        .containsExactly(
            new Problem("action", "is missing; write pod-failure, pod-kill or container-kill"),
            new Problem(
                "mode", "is missing; write one, all, fixed, fixed-percent or random-max-percent"),
            new Problem(
                "selector",
                "is missing; say which pods, for example {\"namespaces\":[\"default\"]}"));
  }

  @Test
  void aWholeManifestIsSentBackToItsSpec() {
    // When
    List<Problem> problems =
        invalid(
            """
            apiVersion: chaos-mesh.org/v1alpha1
            kind: PodChaos
            metadata: {name: x}
            spec: {}
            """);

    // Then
    assertThat(problems)
        .extracting(Problem::path)
        .contains("apiVersion", "kind", "metadata", "spec");
    assertThat(problems.get(0).message()).contains("give only what stands under its spec");
  }

  private static String withMode(String mode, String value) {
    return "{\"action\":\"pod-kill\",\"mode\":\"%s\",\"value\":%s,\"selector\":{\"namespaces\":[\"a\"]}}"
        .formatted(mode, value);
  }

  private static PodChaos valid(String document) {
    PodChaosReader.Reading reading = PodChaosReader.read(document);
    assertThat(reading).isInstanceOf(PodChaosReader.Reading.Valid.class);
    return ((PodChaosReader.Reading.Valid) reading).spec();
  }

  private static List<Problem> invalid(String document) {
    PodChaosReader.Reading reading = PodChaosReader.read(document);
    assertThat(reading).isInstanceOf(PodChaosReader.Reading.Invalid.class);
    return ((PodChaosReader.Reading.Invalid) reading).problems();
  }
}
