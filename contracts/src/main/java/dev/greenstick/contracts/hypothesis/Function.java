package dev.greenstick.contracts.hypothesis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions of the language. */
public enum Function {
  DURATION("duration", "duration('30s')", "duration", "a time, as Go writes it; the same as 30s"),
  LONGEST(
      "longest",
      "longest(condition)",
      "duration",
      "the longest time without a break in which the condition held, second by second"),
  CONSECUTIVE(
      "consecutive",
      "consecutive(condition)",
      "count",
      "the most consecutive windows in which the condition held"),
  TOTAL("total", "total(condition)", "duration", "all the time in which the condition held"),
  DIFFERENCE(
      "difference",
      "difference(fact, fact)",
      "as its facts",
      "the first less the second, with its interval: of shares Newcombe's, of latencies"
          + " Hodges-Lehmann's over windows"),
  RATIO(
      "ratio",
      "ratio(fact, fact)",
      "number",
      "how many times the second the first is, with its interval"),
  P_VALUE(
      "pValue",
      "pValue(fact, fact)",
      "number",
      "of the Mann-Whitney U test, two-sided, that the windows of two latencies differ"),
  CONFIDENT(
      "confident",
      "confident(fact)",
      "share",
      "the share behind an observed share, with Wilson's interval"),
  PSI(
      "psi",
      "psi(part.labels, part.labels)",
      "number",
      "the population stability index of two distributions of labels: 0 when alike"),
  JENSEN_SHANNON(
      "jensenShannon",
      "jensenShannon(part.labels, part.labels)",
      "number",
      "the Jensen-Shannon divergence of two distributions of labels, in bits: from 0 to 1");

  private final String word;
  private final String form;
  private final String gives;
  private final String meaning;

  Function(String word, String form, String gives, String meaning) {
    this.word = word;
    this.form = form;
    this.gives = gives;
    this.meaning = meaning;
  }

  /** How it is called. */
  public String word() {
    return word;
  }

  /** How a call is written. */
  public String form() {
    return form;
  }

  /** The unit of what it gives. */
  public String gives() {
    return gives;
  }

  /** What that is, in a phrase. */
  public String meaning() {
    return meaning;
  }

  static Optional<Function> find(String word) {
    return Arrays.stream(values()).filter(function -> function.word.equals(word)).findFirst();
  }

  static String unknown(String word) {
    List<String> words = Arrays.stream(values()).map(Function::word).toList();
    return word
        + " is no function of the hypothesis language; "
        + Vocabulary.nearest(word, words)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("known are " + String.join(", ", words));
  }
}
