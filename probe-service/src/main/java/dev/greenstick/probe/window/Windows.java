package dev.greenstick.probe.window;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.pace.Pace;
import dev.greenstick.probe.predict.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of one probe in one run: a prediction belongs to the second of its intended instant,
 * whenever it was answered. A window is complete once its second is over and each of its
 * predictions is answered or timed out; windows come out in order, each once, none left out. For
 * one thread at a time.
 */
public final class Windows {

  /** The length of a window, in nanoseconds. */
  public static final long NANOS = 1_000_000_000L;

  private static final long NANOS_PER_MICRO = 1_000;

  private final RunRef run;
  private final ProbeName probe;
  private final Instant startedAt;
  private final Pace pace;
  private final long allowedMicros;
  private final Map<Integer, Tally> open = new HashMap<>();
  private int next;

  /**
   * @param allowed a window is late when anything in it was sent later than intended by more
   * @param first the index of the first window; earlier ones are none of these
   */
  public Windows(
      RunRef run, ProbeName probe, Instant startedAt, Pace pace, Duration allowed, int first) {
    this.run = run;
    this.probe = probe;
    this.startedAt = startedAt;
    this.pace = pace;
    this.allowedMicros = allowed.toNanos() / NANOS_PER_MICRO;
    this.next = first;
  }

  /** The window that an offset from the start lies in; offsets before the start have none. */
  public static int indexAt(long offsetNanos) {
    return Math.toIntExact(Math.floorDiv(offsetNanos, NANOS));
  }

  /** How many windows are complete: the index of the next one. */
  public int completed() {
    return next;
  }

  /** Prediction {@code index} went out this much later than intended. */
  public void sent(long index, long latenessNanos) {
    tallyOf(index).sent(latenessNanos);
  }

  /**
   * Prediction {@code index} went out never: its timeout was over; told before it counts as timed
   * out.
   */
  public void notSent(long index, long latenessNanos) {
    Tally tally = tallyOf(index);
    tally.sent(latenessNanos);
    tally.neverSent();
  }

  /** Prediction {@code index} was answered, this long after its intended instant. */
  public void answered(long index, Answer answer, long latencyNanos) {
    tallyOf(index).answered(startedAt.plusNanos(pace.offsetNanos(index)), answer, latencyNanos);
  }

  /**
   * The first token of prediction {@code index} came, this long after its intended instant; told
   * before it counts as answered.
   */
  public void firstToken(long index, long afterNanos) {
    tallyOf(index).firstToken(afterNanos);
  }

  private Tally tallyOf(long index) {
    int window = indexAt(pace.offsetNanos(index));
    if (window < next) {
      throw new IllegalStateException(
          "prediction %d of probe %s in run %s belongs to window %d, which is complete"
              .formatted(index, probe, run.id(), window));
    }
    return open.computeIfAbsent(window, absent -> new Tally(allowedMicros));
  }

  /** The windows that have become complete by an offset from the start, in order. */
  public List<CompleteWindow> complete(long offsetNanos) {
    List<CompleteWindow> complete = new ArrayList<>();
    while (isComplete(offsetNanos)) {
      Tally tally = open.remove(next);
      complete.add(
          new CompleteWindow(
              run,
              probe,
              next,
              startedAt.plusSeconds(next),
              tally == null ? new Tally(allowedMicros) : tally));
      next++;
    }
    return complete;
  }

  private boolean isComplete(long offsetNanos) {
    long start = next * NANOS;
    if (offsetNanos < start + NANOS) {
      return false;
    }
    long intended = pace.countBefore(start + NANOS) - pace.countBefore(start);
    Tally tally = open.get(next);
    return intended == (tally == null ? 0 : tally.total());
  }
}
