package dev.greenstick.contracts.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What became of one assertion.
 *
 * @param assertion the assertion as it was written
 * @param outcome held, failed or undecided
 * @param left the figure on the left of the deciding comparison; null where there is no comparison
 *     or no figure
 * @param operator the deciding comparison, for example {@code >=}; null where there is none
 * @param right the figure on the right, the bound; null as for left
 * @param margin by how much it held (positive) or failed (negative), in the figures' unit, counted
 *     from the nearer end where a figure is an estimate; null without both figures
 * @param unit the unit of the figures: empty for a plain number, {@code s}, {@code ms}
 * @param samples how many predictions the figures rest on
 * @param facts every fact that the assertion names and its value, missing ones left out
 * @param missing the facts that the history does not hold; empty unless undecided
 * @param explanation one sentence that a person can read
 * @param estimates the figures that are estimates, each with its interval or test; empty where all
 *     are exact
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judgement(
    String assertion,
    Outcome outcome,
    @MayBeMissing Double left,
    @MayBeMissing String operator,
    @MayBeMissing Double right,
    @MayBeMissing Double margin,
    String unit,
    long samples,
    Map<String, Double> facts,
    List<String> missing,
    String explanation,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Estimate> estimates) {

  /** Where every figure is exact. */
  public Judgement(
      String assertion,
      Outcome outcome,
      Double left,
      String operator,
      Double right,
      Double margin,
      String unit,
      long samples,
      Map<String, Double> facts,
      List<String> missing,
      String explanation) {
    this(
        assertion,
        outcome,
        left,
        operator,
        right,
        margin,
        unit,
        samples,
        facts,
        missing,
        explanation,
        List.of());
  }

  public Judgement {
    Objects.requireNonNull(assertion, "assertion");
    Objects.requireNonNull(outcome, "outcome");
    left = finite(left);
    right = finite(right);
    margin = finite(margin);
    Objects.requireNonNull(unit, "unit");
    facts = facts == null ? Map.of() : finite(facts);
    missing = missing == null ? List.of() : List.copyOf(missing);
    Objects.requireNonNull(explanation, "explanation");
    estimates = estimates == null ? List.of() : List.copyOf(estimates);
  }

  /** JSON has no NaN and no infinity: such a result of a division is no figure. */
  static Double finite(Double figure) {
    return figure != null && Double.isFinite(figure) ? figure : null;
  }

  static Map<String, Double> finite(Map<String, Double> facts) {
    return facts.entrySet().stream()
        .filter(fact -> Double.isFinite(fact.getValue()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Three outcomes, everywhere: too little data is never a pass. */
  public enum Outcome {
    @JsonProperty("held")
    HELD,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("undecided")
    UNDECIDED
  }
}
