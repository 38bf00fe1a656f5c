package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeReaderTest {

  private static final String AFTER = "      model: crescents\n";

  private static Reading read(String more) {
    return ExperimentReader.read(Examples.DOCUMENT.replace(AFTER, AFTER + more.indent(6)));
  }

  private static Probe valid(String more) {
    Reading reading = read(more);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).experiment().spec().probes().get(0);
  }

  private static List<String> problems(String more) {
    Reading reading = read(more);
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    return ((Reading.Invalid) reading).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void requestsMayComeFromAFileAndOutputsMayBeComparedEachInItsWay() {
    // When
    Probe probe =
        valid(
            """
            requestsFrom:
              file: iris/questions.csv
              inputs: [{name: point, shape: [1, 2], datatype: FP64, data: ["{x}", "{y}"]}]
              expect: {label: ["{species:text}"]}
            expected: learned
            compare:
              score: {absolute: 0.01, relative: 0, nan: equal}
              label: {text: contains, label: true}
              '*': {relative: 1e-3}
            """);

    // Then
    assertThat(probe.requestsFrom().format()).isEqualTo(RequestsFrom.Format.CSV);
    assertThat(probe.requestsFrom().expect()).hasToString("{\"label\":[\"{species:text}\"]}");
    assertThat(probe.expected()).isEqualTo(Expected.LEARNED);
    assertThat(probe.compare())
        .isEqualTo(
            Map.of(
                "score",
                new Tolerance(0.01, 0.0, Tolerance.Nan.EQUAL, null, null),
                "label",
                new Tolerance(null, null, null, Tolerance.Text.CONTAINS, true),
                "*",
                new Tolerance(null, 1e-3, null, null, null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arrivals: {poisson: {seed: 7}}                                             | 50",
        "arrivals: {ramp: {to: 200, over: 30s}}                                     | 50",
        "arrivals: {steps: [{rate: 5, duration: 10s}, {rate: 80, duration: 5s}]}    | 80",
        "arrivals: {replay: {offsets: [0s, 100ms, 200ms, 1s, 1050ms], repeat: true}} | 4",
        "arrivals: {replay: {file: morning.txt}}                                    | 50",
      })
  void arrivalsAreReadAndTheRateIsWhatTheyComeTo(String written, double rate) {
    assertThat(valid(written).rate()).isEqualTo(rate);
    assertThat(valid(written).arrivals()).isNotNull();
  }

  @Test
  void aReplayIsReadAsItWasRecorded() {
    assertThat(valid("arrivals: {replay: {offsets: [0s, 5ms], repeat: true}}").arrivals().replay())
        .isEqualTo(new Arrivals.Replay(List.of(Duration.ZERO, Duration.ofMillis(5)), null, true));
  }

  @Test
  void everyProblemIsReportedAtItsPath() {
    assertThat(
            problems(
                """
                rate: 10
                arrivals: {steps: [{rate: 0, duration: 1s}]}
                requestsFrom: {file: ../secrets/key.csv, format: xml}
                expected: guessed
                compare:
                  label: {text: pattern}
                  '*': {absolute: -1, relative: x, nan: perhaps, label: 1, tolerance: 2}
                """
                    .replace("expect: {label: [O]}", "")))
        .contains(
            "spec.probes[0].arrivals.steps[0].rate: must be a number of predictions a second, more"
                + " than 0 and at most 10000, but is: 0",
            "spec.probes[0].requestsFrom.file: must be a path like questions.jsonl beneath the"
                + " probe's directory of inputs, but is: ../secrets/key.csv",
            "spec.probes[0].requestsFrom.format: is not known: xml; known are jsonl, csv",
            "spec.probes[0].expected: is not known: guessed; known are given, learned",
            "spec.probes[0].compare['*'].absolute: must be a number, 0 or more, but is: -1",
            "spec.probes[0].compare['*'].relative: must be a number, 0 or more, but is: x",
            "spec.probes[0].compare['*'].nan: is not known: perhaps; known are equal, unequal",
            "spec.probes[0].compare['*'].label: must be true or false, but is: 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arrivals: {}                                     | arrivals: must have one field, poisson, ramp, steps or replay",
        "arrivals: {poisson: {}, ramp: {to: 1, over: 1s}} | arrivals: must have one field, poisson, ramp, steps or replay",
        "arrivals: {poisson: {seed: 1.5}}                 | arrivals.poisson.seed: must be a whole number of 64 bits, but is: 1.5",
        "arrivals: {ramp: {to: 10}}                       | arrivals.ramp.over: is missing; write how long it takes",
        "arrivals: {replay: {offsets: [2s, 1s]}}          | arrivals.replay.offsets: must be in order, but number 2 goes back",
        "arrivals: {replay: {}}                           | arrivals.replay: must have offsets or a file of them",
        "requestsFrom: {file: a.txt}                      | requestsFrom.format: is missing, and the file's name ends in neither; write jsonl or csv",
        "requestsFrom: {file: a.csv}                      | requestsFrom.inputs: is missing; write what a line becomes, with {column} for its values",
        "requestsFrom: {file: /etc/passwd, format: jsonl} | requestsFrom.file: must be a path like questions.jsonl beneath the probe's directory of inputs, but is: /etc/passwd",
      })
  void oneProblemIsReportedAtItsPath(String written, String problem) {
    assertThat(problems(written)).containsExactly("spec.probes[0]." + problem);
  }

  @Test
  void aPatternThatIsNoneIsRefusedAndOneThatWouldTakeForeverElsewhereIsNot() {
    // Given
    String compare = "compare: {label: {text: pattern}}\n";
    String document = Examples.DOCUMENT.replace(AFTER, AFTER + compare.indent(6));

    // When
    Reading broken = ExperimentReader.read(document.replace("label: [O]", "label: ['(']"));
    Reading catastrophic =
        ExperimentReader.read(document.replace("label: [O]", "label: ['(a+)+b']"));

    // Then
    assertThat(broken).isInstanceOf(Reading.Invalid.class);
    assertThat(((Reading.Invalid) broken).problems())
        .singleElement()
        .hasToString(
            "spec.probes[0].requests[0].expect.label[0]: is no regular expression of RE2: error"
                + " parsing regexp: missing closing ): `(`");
    assertThat(catastrophic).isInstanceOf(Reading.Valid.class);
  }

  @Test
  void severalProbesEachHaveANameOfTheirOwn() {
    // Given
    String probe =
        Examples.DOCUMENT.substring(
            Examples.DOCUMENT.indexOf("    - url:"), Examples.DOCUMENT.indexOf("  hypothesis:"));
    String named = probe.replace("    - url:", "    - name: shadow\n      url:");

    // When
    Reading several = ExperimentReader.read(Examples.DOCUMENT.replace(probe, probe + named));
    Reading twice = ExperimentReader.read(Examples.DOCUMENT.replace(probe, probe + probe));

    // Then
    assertThat(((Reading.Valid) several).experiment().spec().probes())
        .extracting(each -> each.name().value())
        .containsExactly("predictions", "shadow");
    assertThat(((Reading.Invalid) twice).problems())
        .singleElement()
        .hasToString(
            "spec.probes[1].name: is there twice: predictions; give each probe its own name");
  }
}
