package dev.greenstick.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.ExperimentReader;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  private static final RunId RUN = Examples.RUN.id();

  /** Ids are on the wire and in stores: another derivation would make every retry a new event. */
  @Test
  void derivedIdsStayWhatTheyAre() {
    assertThat(RUN).hasToString("064f9889-6ec5-3488-a0df-b057747aa3a5");
    assertThat(Examples.FAULT).hasToString("cc79222d-1715-3361-9213-8004a424fe98");
    assertThat(CommandId.of(RUN, "probe.start", ""))
        .hasToString("0bb0540b-6c49-3dce-b1aa-821a90b71ae4");
    assertThat(EventId.of("type", "subject", "identity"))
        .hasToString("f5e2593d-c9fa-368b-a4ef-de6c82031c89");
    assertThat(RUN.seed()).isEqualTo(-6444606132370565331L);
  }

  @Test
  void partsThatRunTogetherGiveDifferentIds() {
    // Given
    Instant at = Examples.START;

    // When
    RunId one = RunId.of(new ExperimentName("a-b"), new ClusterName("c"), at);
    RunId other = RunId.of(new ExperimentName("a"), new ClusterName("b-c"), at);

    // Then
    assertThat(one).isNotEqualTo(other);
    assertThat(EventId.of("t", "ab", "c")).isNotEqualTo(EventId.of("t", "a", "bc"));
  }

  @Test
  void everyExampleHasAnIdOfItsOwnWhoeverSaysItAndWhenever() {
    // When
    var ids = Examples.events().stream().map(Event::id).toList();
    var again =
        Examples.events().stream()
            .map(event -> Event.of(URI.create("/elsewhere"), Instant.EPOCH, event.data()).id())
            .toList();

    // Then
    assertThat(ids).doesNotHaveDuplicates().isEqualTo(again);
  }

  @Test
  void aDefinitionsIdFollowsItsContent() {
    // Given
    ExperimentDefined one = defined(Examples.DOCUMENT);
    ExperimentDefined same = defined(Examples.DOCUMENT);
    ExperimentDefined other = defined(Examples.DOCUMENT.replace("30s", "31s"));

    // When, Then
    assertThat(id(one)).isEqualTo(id(same)).isNotEqualTo(id(other));
    assertThat(id(one)).hasToString("404ff5b9-08e9-3385-a98b-197f11353127");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "1-1-1-1-1",
        "x",
        "064f9889-6ec5-3488-a0df-b057747aa3a",
        "064f98896ec53488a0dfb057747aa3a51234"
      })
  void whatIsNoUuidIsNoId(String text) {
    assertThatThrownBy(() -> RunId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("RunId must be a UUID like ")
        .hasMessageEndingWith("but is: " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "eu-1",
        "a-very-long-name-that-still-fits-into-sixty-three-characters-ok"
      })
  void labelsAreNames(String text) {
    assertThat(new ClusterName(text)).hasToString(text);
    assertThat(new StepName(text)).isEqualByComparingTo(new StepName(text));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"A", "-a", "a-", "a.b", "a_b", " a", "a\n", "ä"})
  void whatIsNoLabelIsNoName(String text) {
    assertThatThrownBy(() -> new ExperimentName(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClusterName(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProbeName(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StepName(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "StepName must be lower-case letters, digits and inner hyphens, at most 63, but is: "
                + text);
  }

  @Test
  void aNameOf64CharactersIsTooLong() {
    assertThat(Labels.isLabel("a".repeat(63))).isTrue();
    assertThat(Labels.isLabel("a".repeat(64))).isFalse();
  }

  private static EventId id(ExperimentDefined defined) {
    return Event.of(URI.create("/scheduler"), Examples.START, defined).id();
  }

  private static ExperimentDefined defined(String document) {
    if (ExperimentReader.read(document) instanceof ExperimentReader.Reading.Valid valid) {
      return new ExperimentDefined(valid.experiment());
    }
    throw new AssertionError(document.lines().collect(Collectors.joining()));
  }
}
