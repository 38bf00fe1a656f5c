package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Measure;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.verdict.Estimate;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Reads facts off windows that were added up. */
final class Readings {

  private Readings() {}

  /**
   * @param fact a measure of predictions
   * @param tally of the fact's part
   * @param bounds when latencies are spoilt
   */
  static Value of(Fact.Measured fact, Tally tally, Bounds bounds) {
    Answers answers = tally.answers();
    String when = fact.part().meaning();
    return switch (fact.measure()) {
      case AVAILABILITY ->
          ofAllDue(fact, tally, bounds, answers.predicted(), answers.predicted() + tally.notSent());
      case ERROR_RATE -> {
        long errors = answers.total() - answers.ok();
        yield ofAllDue(fact, tally, bounds, errors, errors - tally.notSent());
      }
      case CORRECTNESS -> correctness(tally, when);
      case COUNT_ALL -> new Value.Exact(answers.total());
      case COUNT_OK -> new Value.Exact(answers.ok());
      case COUNT_WRONG -> new Value.Exact(answers.wrong());
      case COUNT_MALFORMED -> new Value.Exact(answers.malformed());
      case COUNT_REFUSED -> new Value.Exact(answers.refused());
      case COUNT_TIMED_OUT -> new Value.Exact(answers.timedOut());
      case COUNT_SERVER_ERROR -> new Value.Exact(answers.serverError());
      case COUNT_CLIENT_ERROR -> new Value.Exact(answers.clientError());
      case LATENCY_P50,
          LATENCY_P90,
          LATENCY_P95,
          LATENCY_P99,
          LATENCY_P999,
          LATENCY_MAX,
          LATENCY_MEAN ->
          spoilt(tally, bounds, when)
              .<Value>map(Value.Missing::new)
              .orElseGet(() -> new Value.Exact(millis(tally.latency(), fact.measure())));
      case PODS_RESTARTED, PODS_UNREADY_TIME ->
          throw new IllegalArgumentException(fact.measure() + " is not of predictions");
    };
  }

  /**
   * A share of what was due. What the prober was too late to send counts as timed out, but that is
   * the prober's fault and not the model's: it might have been answered as well.
   *
   * @param hits as it was counted
   * @param otherwise how many there would be had all of that been sent and answered
   */
  private static Value ofAllDue(
      Fact.Measured fact, Tally tally, Bounds bounds, long hits, long otherwise) {
    long total = tally.answers().total();
    if (hits == otherwise || bounds.isForgiving()) {
      return share(hits, total, "was due", fact.part().meaning());
    }
    double counted = (double) hits / total;
    double low = (double) Math.min(hits, otherwise) / total;
    double high = (double) Math.max(hits, otherwise) / total;
    return new Value.Estimated(
        low,
        counted,
        high,
        new Estimate(
            fact.name(),
            "predictions that the prober was too late to send counted both ways",
            counted,
            low,
            high,
            null,
            null,
            total,
            null,
            null,
            fact.unit().symbol()));
  }

  /** How often one label was predicted. */
  static Value of(Fact.LabelShare fact, Tally tally) {
    long total = tally.labels().values().stream().mapToLong(Long::longValue).sum();
    return total == 0
        ? new Value.Missing("no label was predicted " + fact.part().meaning())
        : new Value.Exact((double) tally.labels().getOrDefault(fact.label(), 0L) / total);
  }

  private static Value correctness(Tally tally, String when) {
    Answers answers = tally.answers();
    if (answers.predicted() > 0 && answers.predicted() <= tally.unjudged()) {
      return new Value.Missing("of no prediction it was known what is right, " + when);
    }
    return share(
        answers.ok() - tally.unjudged(),
        answers.predicted() - tally.unjudged(),
        "was answered",
        when);
  }

  private static Value share(long hits, long count, String what, String when) {
    return count == 0
        ? new Value.Missing("no prediction " + what + " " + when)
        : new Value.Exact((double) hits / count);
  }

  private static Optional<String> spoilt(Tally tally, Bounds bounds, String when) {
    if (tally.latency().getTotalCount() == 0) {
      return Optional.of("no prediction was answered " + when);
    }
    if (tally.notSent() > 0 && !bounds.isForgiving()) {
      // They have the timeout for their latency, which no server took.
      return Optional.of(
          "the prober itself was too late to send %d of %d predictions"
              .formatted(tally.notSent(), tally.answers().total()));
    }
    if (tally.late() > bounds.lateShare() * tally.windows()) {
      return Optional.of(
          "the prober itself was late in %d of %d windows, by up to %s"
              .formatted(
                  tally.late(), tally.windows(), Wording.figure(tally.latestMicros() / 1e3, "ms")));
    }
    return Optional.empty();
  }

  private static double millis(Histogram latency, Measure measure) {
    double micros =
        switch (measure) {
          case LATENCY_P50 -> latency.getValueAtPercentile(50);
          case LATENCY_P90 -> latency.getValueAtPercentile(90);
          case LATENCY_P95 -> latency.getValueAtPercentile(95);
          case LATENCY_P99 -> latency.getValueAtPercentile(99);
          case LATENCY_P999 -> latency.getValueAtPercentile(99.9);
          case LATENCY_MAX -> latency.getMaxValue();
          case LATENCY_MEAN -> latency.getMean();
          default -> throw new IllegalArgumentException(measure + " is no latency");
        };
    return micros / 1_000;
  }
}
