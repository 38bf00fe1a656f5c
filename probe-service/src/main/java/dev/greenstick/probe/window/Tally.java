package dev.greenstick.probe.window;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow.Exemplar;
import dev.greenstick.contracts.health.HealthWindow.Failure;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The count of one second. Latencies are kept one by one until it is over: a histogram would take
 * 200 KB for each second that is open.
 */
final class Tally {

  /** The most labels that are told apart in one window: free text is no label. */
  static final int MOST_LABELS = 50;

  /** Where labels beyond {@link #MOST_LABELS} count. */
  static final String OTHER_LABELS = "(other)";

  private static final long NANOS_PER_MICRO = 1_000;

  private long[] latencies = new long[16];
  private int took;
  private final Map<String, Long> labels = new HashMap<>();
  private final Map<Failure, Exemplar> exemplars = new EnumMap<>(Failure.class);
  private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
  private long ok;
  private long latenessNanos;

  void sent(long latenessNanos) {
    this.latenessNanos = Math.max(this.latenessNanos, latenessNanos);
  }

  void answered(Instant intended, Answer answer, long latencyNanos) {
    switch (answer) {
      case Answer.Ok right -> {
        ok++;
        count(right.labels());
        took(latencyNanos);
      }
      case Answer.Wrong wrong -> {
        count(wrong.labels());
        failed(Failure.WRONG, intended, answer);
        took(latencyNanos);
      }
      case Answer.Malformed malformed -> {
        failed(Failure.MALFORMED, intended, malformed);
        took(latencyNanos);
      }
      case Answer.Refused refused -> failed(Failure.REFUSED, intended, refused);
      case Answer.TimedOut timedOut -> {
        failed(Failure.TIMED_OUT, intended, timedOut);
        took(latencyNanos);
      }
      case Answer.ServerError error -> {
        failed(Failure.SERVER_ERROR, intended, error);
        took(latencyNanos);
      }
      case Answer.ClientError error -> {
        failed(Failure.CLIENT_ERROR, intended, error);
        took(latencyNanos);
      }
    }
  }

  private void took(long latencyNanos) {
    if (took == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * took);
    }
    latencies[took++] = latencyNanos / NANOS_PER_MICRO;
  }

  private void count(List<String> predicted) {
    for (String label : predicted) {
      String bounded = Seen.line(label);
      boolean told = labels.containsKey(bounded) || labels.size() < MOST_LABELS;
      labels.merge(told ? bounded : OTHER_LABELS, 1L, Long::sum);
    }
  }

  private void failed(Failure failure, Instant intended, Answer answer) {
    failures.merge(failure, 1L, Long::sum);
    exemplars.putIfAbsent(failure, new Exemplar(intended, failure, Seen.line(answer.detail())));
  }

  /** The latencies in the form of the contracts: milliseconds of work, so not for the loop. */
  String encodedLatency() {
    Histogram histogram = LatencyHistogram.empty();
    for (int i = 0; i < took; i++) {
      LatencyHistogram.record(histogram, latencies[i]);
    }
    return LatencyHistogram.encode(histogram);
  }

  long total() {
    return answers().total();
  }

  Answers answers() {
    return new Answers(
        ok,
        count(Failure.WRONG),
        count(Failure.MALFORMED),
        count(Failure.REFUSED),
        count(Failure.TIMED_OUT),
        count(Failure.SERVER_ERROR),
        count(Failure.CLIENT_ERROR));
  }

  private long count(Failure failure) {
    return failures.getOrDefault(failure, 0L);
  }

  Map<String, Long> labels() {
    return labels;
  }

  long latenessMicros() {
    return latenessNanos / NANOS_PER_MICRO;
  }

  List<Exemplar> exemplars() {
    return new ArrayList<>(exemplars.values());
  }
}
