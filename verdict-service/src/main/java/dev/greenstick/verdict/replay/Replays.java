package dev.greenstick.verdict.replay;

import dev.greenstick.verdict.replay.AskedReplay.Stage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Replays that were asked for, one after another, beside the live work of a service. What they came
 * to is kept for the latest of them and goes with the process. Safe for many threads.
 */
public final class Replays implements AutoCloseable {

  /** How many are kept, those that wait included. */
  static final int MOST = 20;

  /** How many outcomes are kept of each: they hold whole verdicts, of some 5 kB each. */
  static final int MOST_OUTCOMES = 250;

  private static final int SECONDS_TO_STOP = 5;
  private static final System.Logger LOG = System.getLogger(Replays.class.getName());

  private final Source source;
  private final Replay.Limits limits;
  private final LongSupplier nanoTime;
  private final ExecutorService thread;
  private final Map<Long, Asked> asked = new LinkedHashMap<>();
  private long last;

  /** Where recorded history is, and topics for what comes of it. */
  public interface Source {

    /** What is recorded by now. */
    Recording recording() throws RecordingException;

    /**
     * Where the verdicts go that are to be written to a topic; nothing is written before it begins.
     *
     * @throws RecordingException when the topic is one of Greenstick's own
     */
    Sink topic(String name) throws RecordingException;
  }

  /**
   * @param limits of each
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public Replays(Source source, Replay.Limits limits, LongSupplier nanoTime) {
    this.source = source;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("replays").daemon().factory());
  }

  /**
   * Asks for one more.
   *
   * @param topic where its verdicts are written to, if anywhere
   * @return the replay; empty when so many wait already that none can be taken
   * @throws RecordingException when the topic is one of Greenstick's own
   */
  public synchronized Optional<AskedReplay> ask(
      Selection selection, Judging judging, Optional<String> topic) throws RecordingException {
    Optional<Sink> beside =
        topic.isPresent() ? Optional.of(source.topic(topic.get())) : Optional.empty();
    if (asked.size() >= MOST && !forgetOne()) {
      return Optional.empty();
    }
    Asked one = new Asked(++last, beside);
    asked.put(one.number, one);
    // Told before it is begun: what is answered does not depend on how fast that is.
    AskedReplay told = one.told();
    one.work = thread.submit(() -> one.run(selection, judging));
    return Optional.of(told);
  }

  private boolean forgetOne() {
    for (Iterator<Asked> each = asked.values().iterator(); each.hasNext(); ) {
      if (each.next().told().stage().isOver()) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  /** Those that are kept, the latest first, without their outcomes: they may be megabytes. */
  public synchronized List<AskedReplay> all() {
    return asked.values().stream().map(Asked::told).map(AskedReplay::inOneLine).toList().reversed();
  }

  /** One of them. */
  public synchronized Optional<AskedReplay> get(long number) {
    return Optional.ofNullable(asked.get(number)).map(Asked::told);
  }

  /** Ends one where it is; one that is over stays as it is. */
  public synchronized Optional<AskedReplay> cancel(long number) {
    Optional<Asked> one = Optional.ofNullable(asked.get(number));
    one.ifPresent(Asked::cancel);
    return one.map(Asked::told);
  }

  /** Ends the one that runs, and begins none any more. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      var unused = thread.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that was asked for; its own lock guards what changes, except its work. */
  private final class Asked implements Sink {

    private final long number;
    private final Optional<Sink> beside;
    private final List<Outcome> outcomes = new ArrayList<>();
    private long more;
    private Stage stage = Stage.WAITING;
    private Pace pace;
    private Pace.Shown whenOver;
    private Counts counts;
    private String failure;
    private Future<?> work;

    Asked(long number, Optional<Sink> beside) {
      this.number = number;
      this.beside = beside;
    }

    synchronized AskedReplay told() {
      Pace.Shown shown = pace == null ? null : pace.shown();
      return new AskedReplay(
          number, stage, stage.isOver() ? whenOver : shown, counts, outcomes, more, failure);
    }

    private void run(Selection selection, Judging judging) {
      try (Sink sink = this) {
        begin();
        Replay replay = new Replay(source.recording(), selection, judging, limits);
        Counts all = replay.run(sink, measured(replay.pace(nanoTime)), Optional.empty());
        sink.flush();
        end(Stage.DONE, all, null);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        end(Stage.CANCELLED, null, null);
      } catch (RecordingException e) {
        end(Stage.FAILED, null, e.getMessage());
      } catch (RuntimeException | Error e) {
        if (!told().stage().isOver()) {
          LOG.log(System.Logger.Level.ERROR, "replay " + number + " failed", e);
        }
        end(Stage.FAILED, null, "the service failed; its log says why");
      }
    }

    private synchronized void begin() {
      if (!stage.isOver()) {
        stage = Stage.RUNNING;
      }
    }

    private synchronized Pace measured(Pace begun) {
      pace = begun;
      return begun;
    }

    /** Once: one that was cancelled stays so, whatever its work comes to. */
    private synchronized void end(Stage how, Counts all, String why) {
      if (stage.isOver()) {
        return;
      }
      if (pace != null) {
        Pace.Shown now = pace.shown();
        whenOver = new Pace.Shown(now.read(), now.total(), now.perSecond(), Optional.empty());
      }
      stage = how;
      counts = all;
      failure = why;
    }

    private void cancel() {
      end(Stage.CANCELLED, null, null);
      work.cancel(true);
    }

    @Override
    public void begin(Set<UUID> done) throws RecordingException {
      if (beside.isPresent()) {
        beside.get().begin(done);
      }
    }

    @Override
    public void take(Judged judged) throws RecordingException {
      if (beside.isPresent()) {
        beside.get().take(judged);
      }
      Outcome outcome = judged.outcome();
      if (outcome.status() == Outcome.Status.IDENTICAL
          || outcome.status() == Outcome.Status.UNCHANGED) {
        return;
      }
      synchronized (this) {
        if (outcomes.size() < MOST_OUTCOMES) {
          outcomes.add(outcome);
        } else {
          more++;
        }
      }
    }

    @Override
    public void flush() throws RecordingException {
      if (beside.isPresent()) {
        beside.get().flush();
      }
    }

    @Override
    public void close() throws RecordingException {
      if (beside.isPresent()) {
        beside.get().close();
      }
    }
  }
}
