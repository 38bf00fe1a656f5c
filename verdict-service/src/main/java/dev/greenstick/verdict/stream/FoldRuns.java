package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.LiveTally;
import dev.greenstick.verdict.run.Awaited;
import dev.greenstick.verdict.run.Due;
import dev.greenstick.verdict.run.HandedDown;
import dev.greenstick.verdict.run.RunFold;
import dev.greenstick.verdict.run.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

/**
 * Drives {@link RunFold} by what arrives. The one clock here decides when a run no longer waits for
 * what it lacks; it never gets into a verdict.
 */
final class FoldRuns
    extends ContextualProcessor<String, Inbound, String, Event<? extends VerdictEvent>> {

  private static final Logger LOG = Logger.getLogger(FoldRuns.class);

  /**
   * Well below the hour that a broker takes unless its message.timestamp.after.max.ms says less.
   */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final StoreNames names;
  private final RunFold fold;
  private final Patience patience;
  private final Counters counters;
  private KeyValueStore<String, Progress> runs;
  private KeyValueStore<String, Evidence> evidence;
  private KeyValueStore<String, LiveTally> tallies;
  private KeyValueStore<String, HandedDown> handedDown;
  private Deadlines deadlines;
  private Attention attention;

  FoldRuns(StoreNames names, RunFold fold, Patience patience, Counters counters) {
    this.names = names;
    this.fold = fold;
    this.patience = patience;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, Event<? extends VerdictEvent>> context) {
    super.init(context);
    runs = context.getStateStore(names.runs());
    evidence = context.getStateStore(names.evidence());
    tallies = context.getStateStore(names.tallies());
    handedDown = context.getStateStore(names.handedDown());
    deadlines = new Deadlines(context.getStateStore(names.deadlines()));
    attention =
        new Attention(patience.evidence(), patience.overrun(), context.currentSystemTimeMs());
    context.schedule(patience.tick(), PunctuationType.WALL_CLOCK_TIME, this::judgeWhatIsOverdue);
  }

  @Override
  public void process(Record<String, Inbound> record) {
    if (!(record.value() instanceof Inbound.Read(Evidence arrived))) {
      return;
    }
    attention.read(context().currentSystemTimeMs(), record.timestamp());
    String run = record.key();
    Progress known = runs.get(run);
    Progress before = known != null ? known : Progress.of(arrived.data().run());
    if (before.closed()) {
      afterVerdict(run, arrived);
      return;
    }
    Kept kept = keep(run, arrived);
    if (kept == Kept.NOTHING_NEW) {
      return;
    }
    if (kept == Kept.NEW) {
      counters.event();
    }
    Step step =
        fold.fold(kept == Kept.INSTEAD ? fold.afresh(before, history(run)) : before, arrived);
    LiveTally sums = addUp(run, step.after(), arrived);
    Progress after = carryOut(run, step, sums, arrived, record.timestamp());
    if (!after.equals(known)) {
      await(run, known, after);
      runs.put(run, after);
    }
  }

  /** What a run waits for from now on, it waits for until a deadline. */
  private void await(String run, Progress known, Progress after) {
    Optional<Awaited> awaited = Awaited.of(after);
    if (awaited.isPresent() && (known == null || !Awaited.of(known).equals(awaited))) {
      long now = context().currentSystemTimeMs();
      deadlines.begin(run, awaited.get(), now + patience.of(awaited.get(), after).toMillis());
    }
  }

  /** An event that is told again is no news; any other is counted and told of. */
  private void afterVerdict(String run, Evidence arrived) {
    Evidence there = evidence.get(StoredHistory.key(run, arrived.place()));
    if (there != null && sameBody(there, arrived)) {
      counters.again();
      return;
    }
    counters.late();
    LOG.infof(
        "run %s: %s from %s came after the verdict and does not change it",
        run, Event.typeOf(arrived.data().getClass()), arrived.origin());
  }

  /** What storing an event came to. */
  private enum Kept {
    /** The first at its place. */
    NEW,
    /** It took the place of one with another body. */
    INSTEAD,
    /** What counts is what counted before. */
    NOTHING_NEW
  }

  private Kept keep(String run, Evidence arrived) {
    String key = StoredHistory.key(run, arrived.place());
    Evidence there = evidence.get(key);
    if (there == null) {
      evidence.put(key, arrived);
      return Kept.NEW;
    }
    Evidence better = there.or(arrived);
    if (!better.equals(there)) {
      evidence.put(key, better);
    }
    if (sameBody(there, arrived)) {
      counters.again();
      return Kept.NOTHING_NEW;
    }
    counters.contradictory();
    LOG.warnf(
        "run %s: %s contradicts %s; of the two the one with the earlier time counts",
        run, arrived.origin(), there.origin());
    // What was added up of the other one is out of date.
    tallies.delete(run);
    return better.equals(there) ? Kept.NOTHING_NEW : Kept.INSTEAD;
  }

  private static boolean sameBody(Evidence one, Evidence other) {
    return Json.text(one.data()).equals(Json.text(other.data()));
  }

  /**
   * Keeps the sums for stop conditions while they are needed, and from scratch when phases move;
   * null while they are not needed.
   */
  private LiveTally addUp(String run, Progress after, Evidence arrived) {
    if (after.plan() == null || !after.plan().stopConditions()) {
      return null;
    }
    LiveTally sums = tallies.get(run);
    if (!after.faultLive()) {
      if (sums != null) {
        tallies.delete(run);
      }
      return null;
    }
    LiveTally with = fold.sums(sums, after, history(run), arrived);
    if (!with.equals(sums)) {
      tallies.put(run, with);
    }
    return with;
  }

  private Progress carryOut(
      String run, Step step, LiveTally sums, Evidence arrived, long arrivedAt) {
    Progress progress = step.after();
    History history = history(run);
    if (step.due().contains(Due.BASELINE)) {
      Event<BaselineJudged> judged = fold.baseline(progress, history);
      progress = progress.withBaselineJudged();
      handDown(run, judged);
    }
    if (step.due().contains(Due.STOP_CONDITIONS)) {
      for (Event<StopConditionBreached> breached :
          fold.stopConditions(progress, sums, history, arrived)) {
        progress = progress.withBreached(breached.data().judgement().assertion());
        handDown(run, breached);
      }
    }
    if (step.due().contains(Due.VERDICT)) {
      progress = close(run, progress, history);
      counters.afterLastEvent(context().currentSystemTimeMs() - arrivedAt);
    }
    return progress;
  }

  /** What lies unread may be what a run waits for. */
  private void judgeWhatIsOverdue(long now) {
    if (!attention.isUpToDate(now)) {
      return;
    }
    for (Deadlines.Passed deadline : deadlines.passed(now)) {
      deadlines.done(deadline);
      Progress progress = runs.get(deadline.run());
      if (progress != null && Awaited.of(progress).equals(Optional.of(deadline.awaited()))) {
        counters.deadline();
        LOG.warnf(
            "run %s waited %s for its %s, and lacks %s: judged by what is there",
            deadline.run(),
            patience.of(deadline.awaited(), progress),
            deadline.awaited().name().toLowerCase(Locale.ROOT),
            String.join(", ", progress.lacking()));
        runs.put(deadline.run(), close(deadline.run(), progress, history(deadline.run())));
      }
    }
  }

  private Progress close(String run, Progress progress, History history) {
    Event<VerdictReached> reached = fold.verdict(progress, history);
    handDown(run, reached);
    tallies.delete(run);
    return progress.withVerdict(
        new Progress.Reached(
            reached.data().outcome().name(), reached.data().reason(), reached.time()));
  }

  private void handDown(String run, Event<? extends VerdictEvent> event) {
    HandedDown before = handedDown.get(run);
    handedDown.put(run, (before == null ? HandedDown.NOTHING : before).with(event));
    counters.handedDown(event.data());
    context().forward(new Record<>(run, event, timestamp(event), new RecordHeaders()));
  }

  /**
   * The event's time, but not so far ahead that a broker would refuse the record, and stop the
   * service at every attempt: an agent's clock may be wrong by years. The event itself keeps it.
   */
  private long timestamp(Event<?> event) {
    return Math.min(
        event.time().toEpochMilli(), context().currentSystemTimeMs() + AHEAD.toMillis());
  }

  private History history(String run) {
    return new StoredHistory(evidence, run);
  }
}
