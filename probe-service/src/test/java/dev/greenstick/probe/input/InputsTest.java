package dev.greenstick.probe.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Arrivals;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.RequestsFrom;
import dev.greenstick.contracts.experiment.Tolerance;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.input.Inputs.Resolved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {

  private static final String TENSORS =
      "[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[\"{x}\",\"{y}\"]}]";

  @TempDir Path directory;

  private static JsonNode json(String text) {
    try {
      return text == null ? null : Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Probe probe(RequestsFrom from, Arrivals arrivals) {
    return probe(from, arrivals, Map.of());
  }

  private static Probe probe(RequestsFrom from, Arrivals arrivals, Map<String, Tolerance> compare) {
    Probe example = Examples.experiment().spec().probes().get(0);
    return new Probe(
        example.name(),
        example.protocol(),
        example.url(),
        example.model(),
        null,
        50,
        example.timeout(),
        List.of(),
        arrivals,
        from,
        null,
        compare);
  }

  private Resolved resolve(Probe probe) {
    return new Inputs(Optional.of(directory), 10_000, 30).resolve(List.of(probe));
  }

  private Resolved csv(String text, String inputs, String expect) throws IOException {
    Files.writeString(directory.resolve("questions.csv"), text);
    return resolve(
        probe(
            new RequestsFrom("questions.csv", RequestsFrom.Format.CSV, json(inputs), json(expect)),
            null));
  }

  private Resolved lines(String text) throws IOException {
    Files.writeString(directory.resolve("questions.jsonl"), text);
    return resolve(
        probe(
            new RequestsFrom("questions.jsonl", RequestsFrom.Format.JSON_LINES, null, null), null));
  }

  private static List<PredictionRequest> requests(Resolved resolved) {
    assertThat(resolved).isInstanceOf(Resolved.Whole.class);
    return ((Resolved.Whole) resolved).probes().get(0).requests();
  }

  private static List<String> problems(Resolved resolved) {
    assertThat(resolved).isInstanceOf(Resolved.Lacking.class);
    return ((Resolved.Lacking) resolved).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void linesOfJsonAreRequestsAsTheyStand() throws Exception {
    // Given
    String tensors = TENSORS.replace("\"{x}\",\"{y}\"", "0.5,1");

    // When
    Resolved resolved =
        lines(
            "{\"inputs\":%s,\"expect\":{\"label\":[\"O\"]}}\r\n\n{\"inputs\":%s}\n"
                .formatted(tensors, tensors));

    // Then
    assertThat(requests(resolved))
        .containsExactly(
            new PredictionRequest(json(tensors), json("{\"label\":[\"O\"]}")),
            new PredictionRequest(json(tensors), null));
  }

  @Test
  void aRowOfCsvFillsTheTemplateWithNumbersBooleansAndText() throws Exception {
    // When
    Resolved resolved =
        csv(
            "x,y,\"the label\"\n-0.5,1e3,\"O, \"\"the\nfirst\"\"\"\n2,true,7\n",
            TENSORS,
            "{\"label\":[\"{the label:text}\"]}");

    // Then
    assertThat(requests(resolved))
        .extracting(Object::toString)
        .containsExactly(
            new PredictionRequest(
                    json(TENSORS.replace("\"{x}\",\"{y}\"", "-0.5,1000.0")),
                    json("{\"label\":[\"O, \\\"the\\nfirst\\\"\"]}"))
                .toString(),
            new PredictionRequest(
                    json(TENSORS.replace("\"{x}\",\"{y}\"", "2,true")), json("{\"label\":[\"7\"]}"))
                .toString());
  }

  @Test
  void everyBadLineIsNamedWithItsNumber() throws Exception {
    assertThat(
            problems(
                lines(
                    """
                    {"inputs": [}
                    []

                    {"expect": {}}
                    {"inputs": [], "expects": {}}
                    """)))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("probes[0].requestsFrom.file: line 1 is no JSON"),
            second ->
                assertThat(second)
                    .isEqualTo("probes[0].requestsFrom.file: line 2 is no JSON object"),
            third ->
                assertThat(third).isEqualTo("probes[0].requestsFrom.file: line 4 has no inputs"),
            fourth ->
                assertThat(fourth)
                    .isEqualTo(
                        "probes[0].requestsFrom.file: line 5 has a field expects; known are"
                            + " inputs, expect"));
  }

  @Test
  void badRowsOfCsvAreNamedWithTheirLinesAlsoAfterLineBreaksInQuotes() throws Exception {
    assertThat(problems(csv("x,y,z\n1,2,\"a\nb\"\n1,,c\n1,2,c\n", TENSORS, null)))
        .containsExactly(
            "probes[0].requestsFrom.file: line 4 has an empty y; write {y:text} where that is"
                + " meant");
    assertThat(problems(csv("x,z\n1,2\n", TENSORS, null)))
        .containsExactly("probes[0].requestsFrom.file: line 2 has no y among [x, z]");
    assertThat(problems(csv("x,y\n1,2\n1,2,3\n", TENSORS, null)))
        .singleElement()
        .asString()
        .startsWith("probes[0].requestsFrom.file: line 3 is no line of the header's columns");
    assertThat(problems(csv("x,y\n1,2\n1\n", TENSORS, null)))
        .singleElement()
        .asString()
        .startsWith("probes[0].requestsFrom.file: line 3 is no line of the header's columns");
  }

  @Test
  void whatTheProtocolCannotAskIsNamedWithItsLine() throws Exception {
    assertThat(problems(csv("x,y\n1,2\n", "[{\"name\":\"{x}\"}]", null)))
        .contains("probes[0].requestsFrom.file: line 2: inputs[0].name must be a string");
  }

  @Test
  void aPatternThatIsNoneIsNamedWithItsLine() throws Exception {
    // Given
    Files.writeString(
        directory.resolve("questions.csv"),
        "x,y,label\n1,2,^[OX]$\n3,4,(\n5,6,((a{100}){100}){100}\n");
    Probe probe =
        probe(
            new RequestsFrom(
                "questions.csv",
                RequestsFrom.Format.CSV,
                json(TENSORS),
                json("{\"label\":[\"{label:text}\"],\"other\":[\"(\"]}")),
            null,
            Map.of("label", new Tolerance(null, null, null, Tolerance.Text.PATTERN, null)));

    // When, Then
    assertThat(problems(resolve(probe)))
        .containsExactly(
            "probes[0].requestsFrom.file: line 3: expect.label[0] is no regular expression of RE2:"
                + " error parsing regexp: missing closing ): `(`",
            "probes[0].requestsFrom.file: line 4: expect.label[0] repeats too much; lower the"
                + " counts in braces");
  }

  @Test
  void filesAreBounded() throws Exception {
    assertThat(problems(lines("x".repeat(10_001))))
        .containsExactly("probes[0].requestsFrom.file: is longer than 10000 bytes");
    assertThat(problems(lines("{\"inputs\":1}\n".repeat(31))))
        .containsExactly(
            "probes[0].requestsFrom.file: line 31 is one request too many: at most 30 are read");
    assertThat(problems(lines("[]\n".repeat(30))))
        .hasSize(21)
        .last()
        .isEqualTo("probes[0].requestsFrom.file: has 10 more bad lines");
    assertThat(problems(lines("\n\n")))
        .containsExactly("probes[0].requestsFrom.file: holds no request");
  }

  @Test
  void nothingIsReadFromOutsideTheDirectory() throws Exception {
    // Given
    Path secret = Files.writeString(directory.resolveSibling("secret.jsonl"), "{\"inputs\":1}");
    Path inside = Files.createDirectory(directory.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("link.jsonl"), secret);
    Files.createSymbolicLink(directory.resolve("mounted"), inside);
    Files.writeString(inside.resolve("real.jsonl"), "{\"inputs\":[]}\n{");

    // When
    List<String> outside = problems(file("inside/link.jsonl"));
    List<String> folder = problems(file("inside"));
    List<String> nowhere = problems(file("none.jsonl"));
    List<String> linked = problems(file("mounted/real.jsonl"));
    List<String> unset =
        problems(new Inputs(Optional.empty(), 10, 10).resolve(List.of(of("a.jsonl"))));

    // Then
    assertThat(outside.get(0)).endsWith("is no file beneath the probe's directory of inputs");
    assertThat(folder.get(0)).endsWith("is no file beneath the probe's directory of inputs");
    assertThat(nowhere.get(0)).contains("is not there");
    assertThat(linked.get(0)).contains("line 2 is no JSON");
    assertThat(unset.get(0)).contains("set greenstick.probe.inputs.directory");
    Files.delete(secret);
  }

  private static Probe of(String file) {
    return probe(new RequestsFrom(file, RequestsFrom.Format.JSON_LINES, null, null), null);
  }

  private Resolved file(String file) {
    return resolve(of(file));
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws Exception {
    Files.write(directory.resolve("latin.jsonl"), "é".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(file("latin.jsonl")).get(0)).endsWith("is no UTF-8");
  }

  @Test
  void recordedArrivalsAreReadAndTheRateIsWhatTheyComeTo() throws Exception {
    // Given
    Files.writeString(directory.resolve("morning.txt"), "0\n0.25\n0.999999999\n1\n7.5\n");
    Arrivals arrivals = Arrivals.of(new Arrivals.Replay(List.of(), "morning.txt", true));

    // When
    Resolved resolved = resolve(probe(null, arrivals));

    // Then
    Probe probe = ((Resolved.Whole) resolved).probes().get(0);
    assertThat(probe.arrivals().replay())
        .isEqualTo(
            new Arrivals.Replay(
                List.of(
                    Duration.ZERO,
                    Duration.ofMillis(250),
                    Duration.ofNanos(999_999_999),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(7_500)),
                null,
                true));
    assertThat(probe.rate()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;x | line 2 is no offset in seconds like 12.345",
        "1;0.5 | line 2 goes back in time",
        "-1 | line 1 is no offset in seconds like 12.345",
        "; | holds no instant",
      })
  void recordedArrivalsThatAreNoneAreNamedWithTheirLine(String text, String problem)
      throws Exception {
    // Given
    Files.writeString(directory.resolve("morning.txt"), text.replace(';', '\n'));
    Arrivals arrivals = Arrivals.of(new Arrivals.Replay(List.of(), "morning.txt", true));

    // When, Then
    assertThat(problems(resolve(probe(null, arrivals))))
        .containsExactly("probes[0].arrivals.replay.file: " + problem);
  }
}
