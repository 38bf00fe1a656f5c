package dev.greenstick.probe.window;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow.Exemplar;
import dev.greenstick.contracts.health.HealthWindow.Failure;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The count of one second. Latencies are kept one by one until it is over: a histogram would take
 * 200 KB for each second that is open, and as much again to be written.
 */
final class Tally {

  /** The most labels that are told apart in one window: free text is no label. */
  static final int MOST_LABELS = 50;

  /** Where labels beyond {@link #MOST_LABELS} count. */
  static final String OTHER_LABELS = "(other)";

  private static final long NANOS_PER_MICRO = 1_000;

  private static final String OK = "ok";

  private final Map<String, Latencies> latencies = new TreeMap<>();
  private final Latencies firstTokens = new Latencies();
  private final Map<String, Long> labels = new HashMap<>();
  private final Map<Failure, Exemplar> exemplars = new EnumMap<>(Failure.class);
  private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
  private long ok;
  private long unjudged;
  private final long allowedMicros;
  private long latenessNanos;
  private long notSent;

  /**
   * @param allowedMicros later than this is late
   */
  Tally(long allowedMicros) {
    this.allowedMicros = allowedMicros;
  }

  void sent(long latenessNanos) {
    this.latenessNanos = Math.max(this.latenessNanos, latenessNanos);
  }

  void neverSent() {
    notSent++;
  }

  void answered(Instant intended, Answer answer, long latencyNanos) {
    switch (answer) {
      case Answer.Ok right -> {
        ok++;
        unjudged += right.judged() ? 0 : 1;
        count(right.labels());
        took(OK, latencyNanos);
      }
      case Answer.Wrong wrong -> {
        count(wrong.labels());
        failed(Failure.WRONG, intended, answer);
        took(Failure.WRONG, latencyNanos);
      }
      case Answer.Malformed malformed -> {
        failed(Failure.MALFORMED, intended, malformed);
        took(Failure.MALFORMED, latencyNanos);
      }
      case Answer.Refused refused -> failed(Failure.REFUSED, intended, refused);
      case Answer.TimedOut timedOut -> {
        failed(Failure.TIMED_OUT, intended, timedOut);
        took(Failure.TIMED_OUT, latencyNanos);
      }
      case Answer.ServerError error -> {
        failed(Failure.SERVER_ERROR, intended, error);
        took(Failure.SERVER_ERROR, latencyNanos);
      }
      case Answer.ClientError error -> {
        failed(Failure.CLIENT_ERROR, intended, error);
        took(Failure.CLIENT_ERROR, latencyNanos);
      }
    }
  }

  private void took(String answer, long latencyNanos) {
    latencies
        .computeIfAbsent(answer, absent -> new Latencies())
        .add(latencyNanos / NANOS_PER_MICRO);
  }

  private void took(Failure failure, long latencyNanos) {
    took(failure.name().toLowerCase(Locale.ROOT).replace('_', '-'), latencyNanos);
  }

  void firstToken(long afterNanos) {
    firstTokens.add(afterNanos / NANOS_PER_MICRO);
  }

  private void count(List<String> predicted) {
    for (String label : predicted) {
      // Made fit for an event once it is over: labels repeat, and looking for secrets takes time.
      String bounded = label.length() <= Seen.LONGEST ? label : Seen.line(label);
      boolean told = labels.containsKey(bounded) || labels.size() < MOST_LABELS;
      labels.merge(told ? bounded : OTHER_LABELS, 1L, Long::sum);
    }
  }

  private void failed(Failure failure, Instant intended, Answer answer) {
    failures.merge(failure, 1L, Long::sum);
    exemplars.putIfAbsent(failure, new Exemplar(intended, failure, Seen.line(answer.detail())));
  }

  /** All latencies in the form of the contracts. */
  String encodedLatency() {
    return Latencies.encoded(latencies.values());
  }

  /** The times to the first token, likewise; null when none came. */
  String encodedFirstToken() {
    return firstTokens.isEmpty() ? null : firstTokens.encoded();
  }

  /** The same by how predictions were answered; empty where that was one way. */
  Map<String, String> encodedLatencies() {
    Map<String, String> encoded = new TreeMap<>();
    if (latencies.size() > 1) {
      latencies.forEach((answer, each) -> encoded.put(answer, each.encoded()));
    }
    return encoded;
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
    Map<String, Long> told = new HashMap<>();
    labels.forEach((label, count) -> told.merge(Seen.line(label), count, Long::sum));
    return told;
  }

  long unjudged() {
    return unjudged;
  }

  long latenessMicros() {
    return latenessNanos / NANOS_PER_MICRO;
  }

  boolean isLate() {
    return latenessMicros() > allowedMicros;
  }

  long notSent() {
    return notSent;
  }

  List<Exemplar> exemplars() {
    return new ArrayList<>(exemplars.values());
  }
}
