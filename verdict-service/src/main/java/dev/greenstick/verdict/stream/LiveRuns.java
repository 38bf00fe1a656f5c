package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.LiveTally;
import dev.greenstick.verdict.run.Brake;
import dev.greenstick.verdict.run.RunFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The runs that live now, in memory before their stores. What a window changes can be made anew of
 * the windows, which are stored one by one, so it is written only now and then: together with
 * anything else that changes, after {@link #MOST_UNWRITTEN} windows, and when a run has to make
 * room. A run that is not in memory is what was written, and the windows that came after. For one
 * thread.
 */
final class LiveRuns {

  /** So many windows are added once more, at most, when a run is read from its stores. */
  static final int MOST_UNWRITTEN = 64;

  private final KeyValueStore<String, Progress> runs;
  private final KeyValueStore<String, LiveTally> tallies;
  private final KeyValueStore<String, Evidence> evidence;
  private final RunFold fold;
  private final Map<String, LiveRun> live;

  /**
   * @param most how many runs are held in memory
   */
  LiveRuns(
      KeyValueStore<String, Progress> runs,
      KeyValueStore<String, LiveTally> tallies,
      KeyValueStore<String, Evidence> evidence,
      RunFold fold,
      int most) {
    this.runs = runs;
    this.tallies = tallies;
    this.evidence = evidence;
    this.fold = fold;
    this.live =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, LiveRun> eldest) {
            if (size() > most && !eldest.getValue().isWritten()) {
              write(eldest.getKey(), eldest.getValue());
            }
            return size() > most;
          }
        };
  }

  /** A run, whether anything is known of it or not. */
  LiveRun of(String run) {
    LiveRun here = live.get(run);
    if (here == null) {
      here = read(run);
      if (here.progress() == null || !here.progress().closed()) {
        live.put(run, here);
      }
    }
    return here;
  }

  private LiveRun read(String run) {
    Progress written = runs.get(run);
    if (written == null || written.closed()) {
      return new LiveRun(written, null);
    }
    StoredHistory history = new StoredHistory(evidence, run);
    List<HealthWindow> unwritten = new ArrayList<>();
    Progress progress =
        history.complete(written, window -> unwritten.add((HealthWindow) window.data()));
    LiveTally kept = tallies.get(run);
    if (kept == null) {
      return new LiveRun(progress, null);
    }
    Brake brake = fold.brake(progress, history, kept);
    // As they came, second by second.
    unwritten.sort(Comparator.comparingInt(HealthWindow::index));
    unwritten.forEach(window -> brake.add(window, history));
    return new LiveRun(progress, brake);
  }

  /**
   * A run has come further: that is written, or can be made anew of its windows.
   *
   * @return whether more has changed than which windows were read
   */
  boolean now(String run, LiveRun one, Progress after) {
    Progress before = one.progress();
    boolean changed = before == null || !after.isButForWindows(before);
    int unwritten = one.now(after);
    if (changed || unwritten >= MOST_UNWRITTEN || one.mustWrite()) {
      write(run, one);
    }
    if (after.closed()) {
      live.remove(run);
    }
    return changed;
  }

  /** The sums always with what they are the sums of. */
  private void write(String run, LiveRun one) {
    runs.put(run, one.progress());
    if (one.brake() != null && !one.progress().closed()) {
      tallies.put(run, one.brake().keep());
    } else if (one.progress().plan() != null && one.progress().plan().stopConditions()) {
      tallies.delete(run);
    }
    one.written();
  }
}
