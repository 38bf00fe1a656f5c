package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentReaderTest {

  private static final String LEAST =
      """
      apiVersion: greenstick.dev/v1
      kind: Experiment
      metadata:
        name: one-pod-fails
      spec:
        clusters: [local]
        probes:
          - url: http://127.0.0.1:8000
            model: crescents
            requests:
              - inputs: [{name: point, shape: [1, 2], datatype: FP64, data: [0.5, -1]}]
                expect: {label: [upper]}
        steps:
          - branches:
              - actions:
                  - podChaos: {action: pod-failure, mode: one, selector: {namespaces: [default]}}
      """;

  @Test
  void whatIsLeftOutGetsItsDefault() {
    // When
    Experiment experiment = valid(LEAST);

    // Then
    assertThat(experiment.name().value()).isEqualTo("one-pod-fails");
    assertThat(experiment.spec().baseline()).isEqualTo(Duration.ofSeconds(20));
    assertThat(experiment.spec().recovery()).isEqualTo(Duration.ofSeconds(20));
    assertThat(experiment.spec().hypothesis())
        .isEqualTo(
            new Hypothesis(
                List.of("baseline.availability >= 0.99"),
                List.of("fault.availability >= 0.95", "recovery.time <= duration('30s')"),
                List.of()));
    assertThat(experiment.spec().steps().get(0).name().value()).isEqualTo("step-1");
    Probe probe = experiment.spec().probes().get(0);
    assertThat(probe.name().value()).isEqualTo("predictions");
    assertThat(probe.protocol()).isEqualTo(ServingProtocol.OPEN_INFERENCE_V2);
    assertThat(probe.rate()).isEqualTo(50);
    assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void severalStepsOfSeveralActionsAreRead() {
    // Given
    String pods = "selector: {namespaces: [default]}";
    String more =
        LEAST.substring(0, LEAST.indexOf("  steps:"))
            + """
              steps:
                - name: first
                  branches:
                    - actions:
                        - podChaos: {action: pod-failure, mode: one, PODS}
                        - delay: 5s
                        - podChaos: {action: pod-kill, mode: all, PODS}
                - name: second
                  branches: [{actions: [{delay: 1s}]}]
            """
                .replace("PODS", pods);

    // When
    Experiment experiment = valid(more);

    // Then
    assertThat(experiment.spec().steps()).hasSize(2);
    assertThat(experiment.spec().steps().get(0).branches().get(0).actions())
        .hasSize(3)
        .element(1)
        .isEqualTo(new Delay(Duration.ofSeconds(5)));
  }

  @Test
  void allProblemsAreReportedAtOnceEachAtItsPath() {
    // When
    List<Problem> problems =
        invalid(
            """
            apiVersion: greenstick.dev/v2
            kind: Experiments
            metadata: {name: One Pod, lables: {}}
            spec:
              clusters: [eu-1, eu-1]
              probes:
                - {name: a, url: "ftp://x", model: m, rate: 0, timeout: 61s,
                   requests: [{inputs: [{name: x, shape: [], datatype: FP32}], expect: [1]}]}
                - {name: b, protocol: seldon-v2, url: "http://me:secret@models/", rate: 20000, requests: []}
              baseline: 4s
              recovery: -1s
              hypothesis: {steadyState: [], assertion: ["true"], stopConditions: [1]}
              schedule: {schedule: "@daily", every: 1ms, timeZone: Mars, concurrencyPolicy: forbid,
                 suspend: "no", startingDeadlineSeconds: 5}
              safety: {}
              parameters: {}
              steps:
                - name: s
                  branches: [{actions: []}, {actions: [{delay: 5s}]}]
                - name: s
                  branches: [{actions: [{delay: 0s}, {}, {podChaos: {}, delay: 1s}]}]
            """);

    // Then
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "apiVersion: must be greenstick.dev/v1, but is: greenstick.dev/v2",
            "kind: must be Experiment, but is: Experiments",
            "metadata.lables: is no known field; did you mean labels?",
            "metadata.name: must be lower-case letters, digits and inner hyphens, at most 63, but"
                + " is: One Pod",
            "spec.safety: is not supported yet; leave it out, the injector's own settings hold",
            "spec.parameters: is not supported yet; write the values where they are used",
            "spec.clusters[1]: is there twice: eu-1; a cluster has one run",
            "spec.probes[0].url: must be a URL like http://models.example:8080, but is: ftp://x",
            "spec.probes[0].rate: must be a number of predictions a second, more than 0 and at"
                + " most 10000, but is: 0",
            "spec.probes[0].timeout: must be from 1ms to 1m0s, but is: 61s",
            "spec.probes[0].requests[0].inputs[0].shape: must not be empty; write the size of each"
                + " dimension",
            "spec.probes[0].requests[0].inputs[0].data: is missing; write the tensor's values as a"
                + " list",
            "spec.probes[0].requests[0].expect: must be an object from output name to its data,"
                + " but is: a list",
            "spec.probes[1].protocol: is not known: seldon-v2; did you mean seldon-v1?",
            "spec.probes[1].url: must hold no user or password: whoever reads events could read"
                + " them",
            "spec.probes[1].rate: must be a number of predictions a second, more than 0 and at"
                + " most 10000, but is: 20000",
            "spec.probes[1].requests: must not be empty; write inputs, and what is expected for"
                + " them",
            "spec.baseline: must be from 5s to 24h0m0s, but is: 4s",
            "spec.hypothesis.assertion: is no known field; did you mean assertions?",
            "spec.hypothesis.steadyState: must not be empty; leave it out for"
                + " baseline.availability >= 0.99",
            "spec.hypothesis.stopConditions[0]: must be text; write it in quotes, but is: 1",
            "spec.steps[0].branches[0].actions: must not be empty; write an action",
            "spec.steps[1].branches[0].actions[0].delay: must be from 1ms to 24h0m0s, but is: 0s",
            "spec.steps[1].branches[0].actions[1]: must have one field, podChaos or networkDeny or"
                + " scaleDown or nodeDrain or chaosMesh or delay: one"
                + " action each",
            "spec.steps[1].branches[0].actions[2]: must have one field, podChaos or networkDeny or"
                + " scaleDown or nodeDrain or chaosMesh or delay: one"
                + " action each",
            "spec.recovery: must not be negative, but is: -1s",
            "spec.schedule.schedule: is called cron here",
            "spec.schedule.startingDeadlineSeconds: is called startingDeadline here, with a unit,"
                + " as in 10m",
            "spec.schedule.every: must be from 1s to 8784h0m0s, but is: 1ms",
            "spec.schedule.timeZone: is no known time zone, as in Europe/Berlin, but is: Mars",
            "spec.schedule.concurrencyPolicy: is not known: forbid; did you mean Forbid?",
            "spec.schedule.suspend: must be true or false, but is: no");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``| is empty; write an object in YAML or JSON | ``",
        "[] | must be an object, but is: [] | ``",
        "just text | must be an object, but is: \"just text\" | ``",
        "{\"a\":1,\"a\":2} | is no JSON: Duplicate field 'a' | 1:11",
        "{\"a\": | is no JSON: Unexpected end-of-input | 1:6",
        "{\"a\":1} {} | holds more than one document; send each by itself | ``",
        "a: &x 1 | holds an anchor or alias, which are not read; write the value out | 1:4",
        "a: *x | holds an anchor or alias, which are not read; write the value out | 1:4",
        "a: !!java.net.URL [x] | holds the tag tag:yaml.org,2002:java.net.URL, and tags are not read; leave it out | 1:4",
        "a: [1 | is no YAML: expected ',' or ']' | 1:6",
        "a: @ | is no YAML: found character | 1:4",
      })
  void documentsThatCannotBeReadAreRefusedWithWhereAndWhy(
      String document, String message, String place) {
    // When
    List<Problem> problems = invalid(document);

    // Then
    assertThat(problems).singleElement().extracting(Problem::path).isEqualTo("");
    assertThat(problems.get(0).message()).startsWith(message);
    assertThat(place(problems.get(0))).isEqualTo(place);
  }

  @Test
  void duplicatesInYamlAreRefused() {
    assertThat(invalid("a: 1\nb: 2\na: 3\n"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("is no YAML: Duplicate field 'a'");
  }

  @Test
  void everyProblemOfADocumentSaysWhereItsFieldStandsOrTheNearestOneAroundIt() {
    // Given
    String yaml = LEAST.replace("clusters:", "cluster:");
    String json = "{\n\t\"apiVersion\": \"greenstick.dev/v1\",\n\t\"kind\": \"Experimant\"\n}";

    // When
    List<Problem> ofYaml =
        ((ExperimentReader.Reading.Invalid) ExperimentReader.read(yaml, Places.of(yaml)))
            .problems();
    List<Problem> ofJson =
        ((ExperimentReader.Reading.Invalid) ExperimentReader.read(json, Places.of(json)))
            .problems();

    // Then
    int line = yaml.lines().toList().indexOf("  cluster: [local]") + 1;
    assertThat(ofYaml)
        .extracting(problem -> problem.path() + " " + place(problem))
        .containsExactly("spec.cluster " + line + ":3", "spec.clusters " + (line - 1) + ":1");
    assertThat(ofJson)
        .extracting(problem -> problem.path() + " " + place(problem))
        .containsExactly("kind 3:2", "metadata 1:1", "spec 1:1");
  }

  private static String place(Problem problem) {
    return problem.line() == null ? "" : problem.line() + ":" + problem.column();
  }

  @Test
  void severalDocumentsAreRefused() {
    assertThat(invalid(LEAST + "---\n" + LEAST))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("holds more than one document");
  }

  @Test
  void hugeDeepAndExplodingDocumentsAreRefusedUnread() {
    // Given
    String huge = "a: \"" + "x".repeat(Document.LARGEST_BYTES) + "\"";
    String deep = "a: " + "[".repeat(5_000) + "]".repeat(5_000);
    String deepJson = "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";

    // When, Then
    assertThat(invalid(huge).get(0).message()).startsWith("is larger than 512 KiB");
    assertThat(invalid(deep).get(0).message()).startsWith("is nested deeper than 64 levels");
    assertThat(invalid(deepJson).get(0).message()).startsWith("is no JSON");
    assertThat(invalid(bomb).get(0).message()).startsWith("holds an anchor");
  }

  @Test
  void aHundredProblemsAreEnough() {
    // Given
    StringBuilder document = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      document.append("field").append(i).append(": 1\n");
    }

    // When
    List<Problem> problems = invalid(document.toString());

    // Then
    assertThat(problems).hasSize(101);
    assertThat(problems.get(100).message()).startsWith("there are more problems");
  }

  @Test
  void branchesStandSideBySideUpToAHundred() {
    // Given
    String branch =
        "{actions: [{delay: 1s}, {podChaos: {action: pod-kill, mode: one, selector: {namespaces: [a]}}}]}";
    String branches = String.join(", ", Collections.nCopies(100, branch));
    String document = LEAST.substring(0, LEAST.indexOf("  steps:"));

    // When, Then
    assertThat(ExperimentReader.read(document + "  steps: [{branches: [" + branches + "]}]\n"))
        .isInstanceOfSatisfying(
            ExperimentReader.Reading.Valid.class,
            valid -> assertThat(valid.experiment().spec().steps().get(0).branches()).hasSize(100));
    assertThat(invalid(document + "  steps: [{branches: [" + branches + ", " + branch + "]}]\n"))
        .extracting(Problem::toString)
        .containsExactly("spec.steps[0].branches: must hold at most 100 branches");
  }

  @Test
  void manifestsOfOthersAreNamed() {
    assertThat(invalid("{kind: PodChaos, spec: {}}").get(0).message())
        .contains("spec.steps[0].branches[0].actions[0].podChaos");
    assertThat(invalid("{\"properties\": {\"steps\": []}}").get(0).message())
        .contains("Azure Chaos Studio");
  }

  @Test
  void numbersThatJsonDoesNotHaveAreRefused() {
    assertThat(invalid(LEAST.replace("[0.5, -1]", "[1e400, 1]")))
        .extracting(Problem::path)
        .containsExactly("spec.probes[0].requests[0].inputs[0].data[0]");
    assertThat(invalid(LEAST.replace("[0.5, -1]", "[.nan, 1]")).get(0).message())
        .startsWith("is no YAML");
  }

  @Test
  void anExperimentThatInjectsNothingIsRefused() {
    assertThat(
            invalid(
                LEAST.substring(0, LEAST.indexOf("            - podChaos"))
                    + "            - delay: 5s\n"))
        .containsExactly(new Problem("spec.steps", "inject no fault; add an action podChaos"));
  }

  private static Experiment valid(String document) {
    ExperimentReader.Reading reading = ExperimentReader.read(document);
    assertThat(reading).isInstanceOf(ExperimentReader.Reading.Valid.class);
    return ((ExperimentReader.Reading.Valid) reading).experiment();
  }

  private static List<Problem> invalid(String document) {
    ExperimentReader.Reading reading = ExperimentReader.read(document);
    assertThat(reading).isInstanceOf(ExperimentReader.Reading.Invalid.class);
    return ((ExperimentReader.Reading.Invalid) reading).problems();
  }

  @Test
  void theBodyOfAnotherProtocolIsCheckedForWhatThatProtocolAsks() {
    // When
    List<Problem> problems =
        invalid(
            """
            apiVersion: greenstick.dev/v1
            kind: Experiment
            metadata: {name: one-pod}
            spec:
              clusters: [eu-1]
              probes:
                - {name: p, protocol: kserve-v1, url: "http://x", model: m, version: "2",
                   requests: [{inputs: [1]}, {inputs: {instances: []}}, {inputs: {data: [1]}}]}
                - {name: q, protocol: tf-serving, url: "http://x", model: m,
                   requests: [{inputs: {inputs: [1], instances: [1]}}, {}]}
                - {name: r, protocol: torchserve, url: "http://x", model: m, requests: [{}]}
            """);

    // Then
    assertThat(problems)
        .extracting(Problem::toString)
        .contains(
            "spec.probes[0].requests[0].inputs: must be the whole body, an object with instances or"
                + " inputs",
            "spec.probes[0].requests[1].inputs.instances: must not be empty; write one instance or"
                + " more",
            "spec.probes[0].requests[2].inputs: must be the whole body, an object with instances or"
                + " inputs",
            "spec.probes[0].version: is not known to kserve-v1; leave it out",
            "spec.probes[1].requests[0].inputs: must be the whole body, an object with instances or"
                + " inputs",
            "spec.probes[1].requests[1].inputs: is missing; write the body of a prediction",
            "spec.probes[2].requests[0].inputs: is missing; write the body of a prediction");
  }

  @Test
  void aDryRunIsTrueOrFalseAndFalseIsAsGoodAsAbsent() {
    // Given
    String document = LEAST + "  dryRun: %s\n";

    // When
    ExperimentReader.Reading yes = ExperimentReader.read(document.formatted("true"));
    ExperimentReader.Reading no = ExperimentReader.read(document.formatted("false"));
    List<Problem> problems = invalid(document.formatted("maybe"));

    // Then
    assertThat(((ExperimentReader.Reading.Valid) yes).experiment().spec().dryRun()).isTrue();
    assertThat(((ExperimentReader.Reading.Valid) no).experiment().spec().dryRun()).isNull();
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("spec.dryRun: must be true or false, but is: maybe");
  }
}
