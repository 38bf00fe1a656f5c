package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/** The windows of one phase, added up; adding commutes. For one thread. */
public final class Tally {

  private final Histogram latency;
  private Answers answers;
  private int windows;
  private int late;
  private long latest;

  /** No window yet. */
  public Tally() {
    this(Answers.NONE, LatencyHistogram.empty(), 0, 0, 0);
  }

  private Tally(Answers answers, Histogram latency, int windows, int late, long latest) {
    this.answers = Objects.requireNonNull(answers, "answers");
    this.latency = latency;
    this.windows = windows;
    this.late = late;
    this.latest = latest;
  }

  /** Adds a window, which must not have been added before. */
  public void add(HealthWindow window, Bounds bounds) {
    answers = answers.plus(window.answers());
    latency.add(LatencyHistogram.decode(window.latency()));
    windows++;
    latest = Math.max(latest, window.latenessMicros());
    if (window.latenessMicros() > bounds.lateness().toNanos() / 1_000) {
      late++;
    }
  }

  Answers answers() {
    return answers;
  }

  Histogram latency() {
    return latency;
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

  /** A form that can be kept. */
  public Kept keep() {
    return new Kept(answers, LatencyHistogram.encode(latency), windows, late, latest);
  }

  /** As {@link #keep()} kept it. */
  public static Tally of(Kept kept) {
    return new Tally(
        kept.answers(),
        LatencyHistogram.decode(kept.latency()),
        kept.windows(),
        kept.late(),
        kept.latestMicros());
  }

  /**
   * @param answers how predictions were answered
   * @param latency as {@link LatencyHistogram} encodes it
   * @param windows how many windows
   * @param late in how many of them the prober was late
   * @param latestMicros by how much at most, in microseconds
   */
  public record Kept(Answers answers, String latency, int windows, int late, long latestMicros) {}
}
