package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

  private static final String IDENTIFIER =
      "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(?i)paris", "a{300}", "\\d{4}-\\d{2}-\\d{2}", IDENTIFIER, ""})
  void aPatternThatCannotCostMuchIsOne(String pattern) {
    assertThat(TextPattern.problem(pattern)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(                            | is no regular expression of RE2: error parsing regexp: missing closing ): `(`",
        "(a)\\1                       | is no regular expression of RE2: error parsing regexp: invalid escape sequence: `\\1`",
        "(?=a)                        | is no regular expression of RE2: error parsing regexp: invalid or unsupported Perl syntax: `(?=`",
        "((a{1000}){1000}){1000}      | repeats too much; lower the counts in braces",
        "((a{100,}){100,}){100,}      | repeats too much; lower the counts in braces",
        "(a{1,40}){1,40}              | comes to 3281 instructions, more than 1000; lower the counts in braces",
      })
  void whatIsNoneSaysWhy(String pattern, String problem) {
    assertThat(TextPattern.problem(pattern)).contains(problem);
  }

  @Test
  void aPatternOfMoreThanAThousandCharactersIsNone() {
    assertThat(TextPattern.problem("a".repeat(1_000))).isNotEmpty();
    assertThat(TextPattern.problem("[" + "a".repeat(998) + "]")).isEmpty();
    assertThat(TextPattern.problem("[" + "a".repeat(999) + "]"))
        .contains("must have at most 1000 characters");
  }

  @Test
  void aTextIsHeldAgainstAPatternAsFarAsThatIsBounded() {
    // Given
    TextPattern small = TextPattern.of("b$");
    TextPattern large = TextPattern.of("(a|b){200}$");

    // When, Then
    assertThat(small.isIn("a".repeat(100_000) + "b")).isTrue();
    assertThat(small.isIn("a".repeat(100_000))).isFalse();
    assertThat(large.isIn("a".repeat(1_000))).isTrue();
    assertThat(large.fits("a".repeat(100_000))).isFalse();
    assertThat(large.isIn("a".repeat(100_000))).isFalse();
  }
}
