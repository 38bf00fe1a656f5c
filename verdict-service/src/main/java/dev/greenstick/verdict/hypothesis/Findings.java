package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.hypothesis.FactValues;
import dev.greenstick.contracts.hypothesis.Measure;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.hypothesis.Vocabulary;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Gathers facts and the reasons why others are missing. For one thread. */
final class Findings {

  private final Map<String, Double> known = new HashMap<>();
  private final Map<String, Double> moreThan = new HashMap<>();
  private final Map<String, String> why = new HashMap<>();
  private final Map<Phase, Long> samples = new EnumMap<>(Phase.class);

  Facts facts() {
    return new Facts(new FactValues(known, moreThan), why, samples);
  }

  /** Facts about predictions from a tally that is whole. */
  void predictions(Phase phase, Tally tally, Bounds bounds) {
    Answers answers = tally.answers();
    long total = answers.total();
    samples.put(phase, total);
    counts(phase, answers);
    if (total == 0) {
      String none = "no prediction was due " + phase.meaning();
      lacking(phase, Measure.AVAILABILITY, none);
      lacking(phase, Measure.ERROR_RATE, none);
    } else {
      know(phase, Measure.AVAILABILITY, (double) answers.predicted() / total);
      know(phase, Measure.ERROR_RATE, (double) (total - answers.ok()) / total);
    }
    if (answers.predicted() == 0) {
      lacking(phase, Measure.CORRECTNESS, "no prediction was answered " + phase.meaning());
    } else {
      know(phase, Measure.CORRECTNESS, (double) answers.ok() / answers.predicted());
    }
    latencies(phase, tally, bounds);
  }

  private void counts(Phase phase, Answers answers) {
    know(phase, Measure.COUNT_ALL, answers.total());
    know(phase, Measure.COUNT_OK, answers.ok());
    know(phase, Measure.COUNT_WRONG, answers.wrong());
    know(phase, Measure.COUNT_MALFORMED, answers.malformed());
    know(phase, Measure.COUNT_REFUSED, answers.refused());
    know(phase, Measure.COUNT_TIMED_OUT, answers.timedOut());
    know(phase, Measure.COUNT_SERVER_ERROR, answers.serverError());
    know(phase, Measure.COUNT_CLIENT_ERROR, answers.clientError());
  }

  private void latencies(Phase phase, Tally tally, Bounds bounds) {
    Histogram latency = tally.latency();
    String spoilt = null;
    if (latency.getTotalCount() == 0) {
      spoilt = "no prediction was answered " + phase.meaning();
    } else if (tally.late() > bounds.lateShare() * tally.windows()) {
      spoilt =
          "the prober itself was late in %d of %d windows, by up to %s"
              .formatted(
                  tally.late(), tally.windows(), Wording.figure(tally.latestMicros() / 1e3, "ms"));
    }
    for (Measure measure : Measure.values()) {
      if (!measure.isLatency()) {
        continue;
      }
      if (spoilt != null) {
        lacking(phase, measure, spoilt);
      } else {
        know(phase, measure, millis(latency, measure));
      }
    }
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
          case AVAILABILITY,
              CORRECTNESS,
              ERROR_RATE,
              COUNT_ALL,
              COUNT_OK,
              COUNT_WRONG,
              COUNT_MALFORMED,
              COUNT_REFUSED,
              COUNT_TIMED_OUT,
              COUNT_SERVER_ERROR,
              COUNT_CLIENT_ERROR,
              PODS_RESTARTED,
              PODS_UNREADY_TIME ->
              throw new IllegalArgumentException(measure + " is no latency");
        };
    return micros / 1_000;
  }

  /** Facts about pods in an interval that was watched as a whole. */
  void pods(Phase phase, PodTimeline pods, Spans.Interval interval) {
    know(phase, Measure.PODS_RESTARTED, pods.restarts(interval));
    know(phase, Measure.PODS_UNREADY_TIME, seconds(pods.unready(interval)));
  }

  /** No fact about predictions is known of the phase. */
  void noPredictions(Phase phase, long count, String reason) {
    samples.put(phase, count);
    for (Measure measure : Measure.values()) {
      if (!measure.isOfPods()) {
        lacking(phase, measure, reason);
      }
    }
  }

  /** No fact about pods is known of the phase. */
  void noPods(Phase phase, String reason) {
    lacking(phase, Measure.PODS_RESTARTED, reason);
    lacking(phase, Measure.PODS_UNREADY_TIME, reason);
  }

  void recoveryTime(Optional<Duration> taken, Duration watched) {
    taken.ifPresentOrElse(
        time -> known.put(Vocabulary.RECOVERY_TIME.name(), seconds(time)),
        () -> moreThan.put(Vocabulary.RECOVERY_TIME.name(), seconds(watched)));
  }

  void noRecoveryTime(String reason) {
    why.put(Vocabulary.RECOVERY_TIME.name(), reason);
  }

  private void know(Phase phase, Measure measure, double value) {
    known.put(Vocabulary.fact(phase, measure).name(), value);
  }

  private void lacking(Phase phase, Measure measure, String reason) {
    why.put(Vocabulary.fact(phase, measure).name(), reason);
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
