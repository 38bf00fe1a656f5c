package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Statistic;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.verdict.statistics.Bracket;
import dev.greenstick.verdict.statistics.Labels;
import dev.greenstick.verdict.statistics.Proportions;
import dev.greenstick.verdict.statistics.RankSum;
import dev.greenstick.verdict.statistics.Series;
import java.util.Map;

/** Facts held against each other, when all of them are known. */
final class Contrasts {

  private Contrasts() {}

  static Value of(Statistic.Contrast contrast, Facts facts, Bounds bounds) {
    return contrast.isOfWindows()
        ? ofWindows(contrast, facts, bounds)
        : ofPredictions(contrast, facts);
  }

  private static Value ofPredictions(Statistic.Contrast contrast, Facts facts) {
    Proportions.Counted one = counted(contrast.one(), facts);
    Proportions.Counted other = counted(contrast.other(), facts);
    boolean isRatio = contrast.kind() == Statistic.Contrast.Kind.RATIO;
    Bracket bracket =
        isRatio
            ? Proportions.ratio(one, other, contrast.confidence())
            : Proportions.difference(one, other, contrast.confidence());
    return estimated(
        bracket,
        new Estimate(
            contrast.name(),
            isRatio ? "wilson limits of logarithms" : "newcombe",
            bracket.estimate(),
            bracket.low(),
            bracket.high(),
            contrast.confidence(),
            null,
            one.count(),
            other.count(),
            null,
            contrast.unit().symbol()));
  }

  private static Value ofWindows(Statistic.Contrast contrast, Facts facts, Bounds bounds) {
    double[] one = series(contrast.one(), facts, bounds);
    double[] other = series(contrast.other(), facts, bounds);
    if (one.length == 0 || other.length == 0) {
      return new Value.Missing("no window has a latency");
    }
    RankSum ranks = RankSum.of(one, other);
    boolean isTest = contrast.kind() == Statistic.Contrast.Kind.P_VALUE;
    Bracket bracket =
        switch (contrast.kind()) {
          case DIFFERENCE -> ranks.shift(contrast.confidence());
          case RATIO -> ranks.ratio(contrast.confidence());
          case P_VALUE -> {
            double p = ranks.pValue();
            yield new Bracket(p, p, p);
          }
        };
    return estimated(
        bracket,
        new Estimate(
            contrast.name(),
            isTest ? "mann-whitney" : "hodges-lehmann",
            bracket.estimate(),
            isTest ? null : bracket.low(),
            isTest ? null : bracket.high(),
            isTest ? null : contrast.confidence(),
            ranks.pValue(),
            one.length,
            (long) other.length,
            most(Series.autocorrelation(one), Series.autocorrelation(other)),
            contrast.unit().symbol()));
  }

  private static double most(double one, double other) {
    return Double.isNaN(one) || other > one ? other : one;
  }

  /** A latency of each second that has one, in the order of time. */
  private static double[] series(Fact.Measured fact, Facts facts, Bounds bounds) {
    Bounds lenient = bounds.forgiving();
    return facts.observation(fact.part()).seconds().values().stream()
        .map(second -> Readings.of(fact, second.tally(bounds), lenient))
        .filter(Value.Exact.class::isInstance)
        .mapToDouble(value -> ((Value.Exact) value).figure())
        .toArray();
  }

  static Value of(Statistic.Confident confident, Facts facts) {
    Proportions.Counted counted = counted(confident.fact(), facts);
    Bracket bracket = Proportions.wilson(counted, confident.confidence());
    return estimated(
        bracket,
        new Estimate(
            confident.name(),
            "wilson",
            bracket.estimate(),
            bracket.low(),
            bracket.high(),
            confident.confidence(),
            null,
            counted.count(),
            null,
            null,
            confident.unit().symbol()));
  }

  static Value of(Statistic.LabelShift shift, Facts facts) {
    Map<String, Long> one = facts.observation(shift.one()).tally().labels();
    Map<String, Long> other = facts.observation(shift.other()).tally().labels();
    long ones = total(one);
    long others = total(other);
    if (ones == 0 || others == 0) {
      return new Value.Missing(
          "no label was predicted " + (ones == 0 ? shift.one() : shift.other()).meaning());
    }
    boolean isStability = shift.kind() == Statistic.LabelShift.Kind.POPULATION_STABILITY;
    double distance =
        isStability ? Labels.populationStability(one, other) : Labels.jensenShannon(one, other);
    return new Value.Estimated(
        distance,
        distance,
        distance,
        new Estimate(
            shift.name(),
            isStability ? "population stability index" : "jensen-shannon divergence",
            distance,
            null,
            null,
            null,
            null,
            ones,
            others,
            null,
            ""));
  }

  private static Value estimated(Bracket bracket, Estimate estimate) {
    return new Value.Estimated(bracket.low(), bracket.estimate(), bracket.high(), estimate);
  }

  private static long total(Map<String, Long> labels) {
    return labels.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A share as it was counted; only of facts that are known. */
  private static Proportions.Counted counted(Fact.Measured fact, Facts facts) {
    Tally tally = facts.observation(fact.part()).tally();
    Answers answers = tally.answers();
    return switch (fact.measure()) {
      case AVAILABILITY -> new Proportions.Counted(answers.predicted(), answers.total());
      case ERROR_RATE -> new Proportions.Counted(answers.total() - answers.ok(), answers.total());
      case CORRECTNESS ->
          new Proportions.Counted(
              answers.ok() - tally.unjudged(), answers.predicted() - tally.unjudged());
      default -> throw new IllegalArgumentException(fact.name() + " is no share");
    };
  }
}
