package dev.greenstick.sandbox.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorsTest {

  private static final Map<String, String> LABELS =
      Map.of("app", "model", "tier", "gold", "greenstick.dev/run", "r1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=model | true",
        "app==model | true",
        "app!=model | false",
        "none!=x | true",
        "app in (model, other) | true",
        "app in (other) | false",
        "app notin (other),tier=gold | true",
        "none notin (x) | true",
        "app | true",
        "!app | false",
        "!none | true",
        "greenstick.dev/run=r1 | true",
        "app=model,tier=silver | false",
        "app= | false",
        "app in (model),tier in (gold,silver),!none | true"
      })
  void aSelectorTakesInWhatItSays(String selector, boolean expected) {
    assertThat(LabelSelectors.parse(selector).test(LABELS)).isEqualTo(expected);
  }

  @Test
  void anEmptySelectorTakesInEverything() {
    assertThat(LabelSelectors.parse("").test(Map.of())).isTrue();
    assertThat(LabelSelectors.parse(null).test(LABELS)).isTrue();
  }

  @Test
  void aMissingSelectorOfASpecTakesInNothing() {
    assertThat(LabelSelectors.of(null).test(LABELS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a in b", "=x", "a in (b", "a b"})
  void whatCannotBeReadIsRefused(String selector) {
    assertThatThrownBy(() -> LabelSelectors.parse(selector))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** De Morgan on sets: for any labels, {@code in} and {@code notin} never agree. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void inAndNotInAreOpposites(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    List<String> words = List.of("a", "b", "c", "d");
    Map<String, String> labels = new HashMap<>();
    for (String key : words) {
      if (random.nextBoolean()) {
        labels.put(key, words.get(random.nextInt(words.size())));
      }
    }
    String key = words.get(random.nextInt(words.size()));
    TreeSet<String> values = new TreeSet<>();
    values.add(words.get(random.nextInt(words.size())));
    values.add(words.get(random.nextInt(words.size())));
    String set = "(" + String.join(",", values) + ")";

    // When
    Predicate<Map<String, String>> in = LabelSelectors.parse(key + " in " + set);
    Predicate<Map<String, String>> notIn = LabelSelectors.parse(key + " notin " + set);

    // Then
    assertThat(in.test(labels)).isNotEqualTo(notIn.test(labels));
    assertThat(in.test(labels)).isEqualTo(values.contains(labels.getOrDefault(key, "")));
  }
}
