package dev.greenstick.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.hypothesis.AlertMeasure;
import dev.greenstick.contracts.hypothesis.Function;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.hypothesis.Measure;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.hypothesis.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the hypothesis language says what there is, and all of it. */
class LanguageReferenceTest {

  private static final Set<String> UNITS = Set.of("share", "count", "ms", "duration");

  @Test
  void itsFactsAreTheVocabulary() throws IOException {
    // Given
    List<String[]> rows =
        rows().stream().filter(row -> row.length > 3 && UNITS.contains(row[2])).toList();

    // When
    Set<String> named =
        rows.stream()
            .map(row -> row[1].replace("`", ""))
            .filter(name -> !name.contains("("))
            .collect(Collectors.toSet());

    // Then
    assertThat(named)
        .isEqualTo(
            Stream.of(
                    Arrays.stream(Measure.values()).map(Measure::word),
                    Arrays.stream(AlertMeasure.values())
                        .map(measure -> "alerts['Name']." + measure.word()),
                    Stream.of("recovery.time", "alerts.fired", "labels['name']"))
                .flatMap(names -> names)
                .collect(Collectors.toSet()));
    assertThat(Vocabulary.all()).hasSize(Phase.values().length * Measure.values().length + 2);
    Stream.concat(
            Arrays.stream(Measure.values()).map(one -> List.of(one.word(), one.meaning())),
            Arrays.stream(AlertMeasure.values())
                .map(one -> List.of("alerts['Name']." + one.word(), one.meaning())))
        .forEach(
            fact ->
                assertThat(rows)
                    .as(fact.get(0))
                    .anyMatch(
                        row ->
                            row[1].equals("`" + fact.get(0) + "`") && row[3].equals(fact.get(1))));
  }

  @Test
  void itsFunctionsAreThoseOfTheLanguage() throws IOException {
    // When
    List<List<String>> functions =
        rows().stream()
            .filter(row -> row.length > 3 && row[1].matches("`\\w+\\(.+\\)`"))
            .map(row -> List.of(row[1].replace("`", ""), row[2], row[3]))
            .toList();

    // Then
    assertThat(functions)
        .isEqualTo(
            Arrays.stream(Function.values())
                .map(one -> List.of(one.form(), one.gives(), one.meaning()))
                .toList());
  }

  @Test
  void everyExpressionCompilesWhereItStands() throws IOException {
    // Given
    List<String> page = lines();
    List<String> assertions =
        page.stream()
            .filter(line -> line.startsWith("- `"))
            .map(line -> line.substring(3, line.length() - 1))
            .toList();
    List<String> yaml =
        page.subList(page.indexOf("```yaml") + 1, page.lastIndexOf("```")).stream().toList();

    // When
    Hypothesis example =
        new Hypothesis(
            listed(yaml, "steadyState"),
            listed(yaml, "assertions"),
            listed(yaml, "stopConditions"));

    // Then
    assertThat(assertions).hasSizeGreaterThan(15);
    assertThat(HypothesisLanguage.check(new Hypothesis(List.of(), assertions, List.of()), "page"))
        .isEmpty();
    assertThat(example.steadyState()).hasSize(1);
    assertThat(example.assertions()).hasSize(4);
    assertThat(example.stopConditions()).hasSize(1);
    assertThat(HypothesisLanguage.check(example, "example")).isEmpty();
  }

  private static List<String> listed(List<String> yaml, String field) {
    int from =
        yaml.indexOf(
                yaml.stream()
                    .filter(line -> line.strip().startsWith(field + ":"))
                    .findFirst()
                    .orElseThrow())
            + 1;
    return yaml.subList(from, yaml.size()).stream()
        .takeWhile(line -> line.strip().startsWith("- "))
        .map(line -> line.strip().substring(2))
        .toList();
  }

  private static List<String[]> rows() throws IOException {
    Pattern cell = Pattern.compile(" *\\| *");
    return lines().stream().filter(line -> line.startsWith("| `")).map(cell::split).toList();
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(Path.of("docs/hypothesis.md"));
  }
}
