package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Known;
import dev.greenstick.contracts.hypothesis.Statistic;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.util.Optional;
import java.util.SortedMap;

/** For how long conditions held, second by second. */
final class Streaks {

  private Streaks() {}

  /**
   * What becomes of a condition in one second: facts of the statistic's part are those of the
   * second, all others those of their whole part.
   */
  static Outcome in(Statistic.Sustained statistic, Second second, Known whole, Bounds bounds) {
    Tally tally = second.tally(bounds);
    Bounds lenient = bounds.forgiving();
    Known known =
        figure ->
            switch (figure) {
              case Fact.Measured fact when fact.part().equals(statistic.over()) ->
                  Readings.of(fact, tally, lenient);
              case Fact.LabelShare fact when fact.part().equals(statistic.over()) ->
                  Readings.of(fact, tally);
              default -> whole.of(figure);
            };
    return statistic.condition().evaluate(known).outcome();
  }

  /** Over all seconds there are. Of a second that cannot be told, both may be true. */
  static Value over(
      Statistic.Sustained statistic,
      SortedMap<Integer, Second> seconds,
      Known whole,
      Bounds bounds) {
    Count least = new Count();
    Count most = new Count();
    seconds.forEach(
        (index, second) -> {
          Outcome outcome = in(statistic, second, whole, bounds);
          least.add(index, outcome == Outcome.HELD);
          most.add(index, outcome != Outcome.FAILED);
        });
    double low = least.of(statistic.kind());
    double high = most.of(statistic.kind());
    if (low == high) {
      return new Value.Exact(low);
    }
    return outside(statistic, whole)
        .orElseGet(
            () ->
                new Value.Estimated(
                    low,
                    low,
                    high,
                    new Estimate(
                        statistic.name(),
                        "seconds that cannot be told counted both ways",
                        low,
                        low,
                        high,
                        null,
                        null,
                        seconds.size(),
                        null,
                        null,
                        statistic.unit().symbol())));
  }

  /** When it cannot be told for want of a fact that is no second's: that fact's reason. */
  private static Optional<Value> outside(Statistic.Sustained statistic, Known whole) {
    return statistic.facts().stream()
        .filter(fact -> !fact.part().equals(statistic.over()))
        .map(whole::of)
        .filter(Value.Missing.class::isInstance)
        .findFirst();
  }

  /** Counts seconds that come in order. For one thread. */
  private static final class Count {

    private int last = Integer.MIN_VALUE;
    private int current;
    private int longest;
    private int total;

    void add(int index, boolean held) {
      if (held) {
        current = last == index - 1 ? current + 1 : 1;
        last = index;
        longest = Math.max(longest, current);
        total++;
      }
    }

    int of(Statistic.Sustained.Kind kind) {
      return switch (kind) {
        case LONGEST, CONSECUTIVE -> longest;
        case TOTAL -> total;
      };
    }
  }
}
