package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Windows added up; adding commutes. For one thread. */
public final class Tally {

  private final Histogram latency;
  private final TreeMap<String, Long> labels;
  private Answers answers;
  private long unjudged;
  private int windows;
  private int late;
  private long latest;
  private long notSent;

  /** No window yet. */
  public Tally() {
    this(Answers.NONE, 0, LatencyHistogram.empty(), Map.of(), 0, 0, 0, 0);
  }

  /** No window yet, and no more memory than the longest latency that comes. */
  static Tally growing() {
    return new Tally(Answers.NONE, 0, growingLatency(), Map.of(), 0, 0, 0, 0);
  }

  private static Histogram growingLatency() {
    return new Histogram(LatencyHistogram.DIGITS);
  }

  private Tally(
      Answers answers,
      long unjudged,
      Histogram latency,
      Map<String, Long> labels,
      int windows,
      int late,
      long latest,
      long notSent) {
    this.answers = Objects.requireNonNull(answers, "answers");
    this.unjudged = unjudged;
    this.latency = latency;
    this.labels = new TreeMap<>(labels);
    this.windows = windows;
    this.late = late;
    this.latest = latest;
    this.notSent = notSent;
  }

  /** One window. */
  static Tally of(HealthWindow window, Bounds bounds) {
    return new Tally(
        window.answers(),
        window.unjudged(),
        LatencyHistogram.decode(window.latency()),
        window.labels(),
        1,
        bounds.isLate(window) ? 1 : 0,
        window.latenessMicros(),
        window.notSent());
  }

  /** Adds a window, which must not have been added before. */
  public void add(HealthWindow window, Bounds bounds) {
    addAnswers(window, bounds);
    addLatencies(window);
    addLabels(window);
  }

  /** Adds of a window what costs little. */
  void addAnswers(HealthWindow window, Bounds bounds) {
    answers = answers.plus(window.answers());
    unjudged += window.unjudged();
    windows++;
    latest = Math.max(latest, window.latenessMicros());
    notSent += window.notSent();
    if (bounds.isLate(window)) {
      late++;
    }
  }

  /** Adds of a window what only figures of latency need. */
  void addLatencies(HealthWindow window) {
    LatencyHistogram.add(window.latency(), latency);
  }

  /** Adds of a window what only figures of labels need. */
  void addLabels(HealthWindow window) {
    window.labels().forEach((label, count) -> labels.merge(label, count, Long::sum));
  }

  Answers answers() {
    return answers;
  }

  /** How many answers that count as right were held against nothing. */
  long unjudged() {
    return unjudged;
  }

  Histogram latency() {
    return latency;
  }

  Map<String, Long> labels() {
    return labels;
  }

  int windows() {
    return windows;
  }

  int late() {
    return late;
  }

  long latestMicros() {
    return latest;
  }

  /** How many predictions timed out because the prober itself never sent them. */
  long notSent() {
    return notSent;
  }

  /** A form that can be kept. */
  public Kept keep() {
    Histogram whole = LatencyHistogram.empty();
    whole.add(latency);
    return new Kept(
        answers, unjudged, LatencyHistogram.encode(whole), labels, windows, late, latest, notSent);
  }

  /** As {@link #keep()} kept it; see {@link #growing()}. */
  static Tally growing(Kept kept) {
    Histogram latency = growingLatency();
    LatencyHistogram.add(kept.latency(), latency);
    return new Tally(
        kept.answers(),
        kept.unjudged(),
        latency,
        kept.labels(),
        kept.windows(),
        kept.late(),
        kept.latestMicros(),
        kept.notSent());
  }

  /**
   * @param answers how predictions were answered
   * @param unjudged how many of the right answers were held against nothing
   * @param latency as {@link LatencyHistogram} encodes it
   * @param labels how often each label was predicted
   * @param windows how many windows
   * @param late in how many of them the prober was late
   * @param latestMicros by how much at most, in microseconds
   * @param notSent how many predictions it never sent
   */
  public record Kept(
      Answers answers,
      long unjudged,
      String latency,
      Map<String, Long> labels,
      int windows,
      int late,
      long latestMicros,
      @MayBeMissing Long notSent) {

    public Kept {
      notSent = notSent == null ? 0 : notSent;
      labels = Map.copyOf(labels);
    }
  }
}
