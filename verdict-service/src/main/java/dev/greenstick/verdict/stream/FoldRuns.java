package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Indices;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.run.Awaited;
import dev.greenstick.verdict.run.Due;
import dev.greenstick.verdict.run.HandedDown;
import dev.greenstick.verdict.run.RunFold;
import dev.greenstick.verdict.run.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
final class FoldRuns extends ContextualProcessor<String, Inbound, String, Told> {

  private static final Logger LOG = Logger.getLogger(FoldRuns.class);

  /**
   * Well below the hour that a broker takes unless its message.timestamp.after.max.ms says less.
   */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final StoreNames names;
  private final RunFold fold;
  private final Patience patience;
  private final int mostLive;
  private final Counters counters;
  private KeyValueStore<String, Evidence> evidence;
  private KeyValueStore<String, HandedDown> handedDown;
  private LiveRuns live;
  private Deadlines deadlines;
  private Attention attention;

  /**
   * @param mostLive how many runs of a partition are in memory; any more cost what reading them
   *     from their stores costs
   */
  FoldRuns(StoreNames names, RunFold fold, Patience patience, int mostLive, Counters counters) {
    this.names = names;
    this.fold = fold;
    this.patience = patience;
    this.mostLive = mostLive;
    this.counters = counters;
  }

  /** Also after a transaction that failed: what is in memory then is not what happened. */
  @Override
  public void init(ProcessorContext<String, Told> context) {
    super.init(context);
    evidence = context.getStateStore(names.evidence());
    handedDown = context.getStateStore(names.handedDown());
    live =
        new LiveRuns(
            context.getStateStore(names.runs()),
            context.getStateStore(names.tallies()),
            evidence,
            fold,
            mostLive);
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
    LiveRun one = live.of(run);
    Progress known = one.progress();
    Progress before = known != null ? known : Progress.of(arrived.data().run());
    if (before.closed()) {
      afterVerdict(run, arrived);
      return;
    }
    Kept kept = keep(run, before, arrived);
    if (kept == Kept.NOTHING_NEW) {
      return;
    }
    if (kept == Kept.NEW) {
      counters.event();
    }
    Step step =
        fold.fold(kept == Kept.INSTEAD ? fold.afresh(before, history(run)) : before, arrived);
    addUp(run, one, kept, step.after(), arrived);
    Progress after = carryOut(run, one, step, arrived, record.timestamp());
    if (live.now(run, one, after)) {
      await(run, known, after);
      if (known == null || !listed(known).equals(listed(after))) {
        tell(run, new Told.Stands(after, arrived.time()), arrived.time());
      }
    }
  }

  /** All that decides where it is listed. */
  private static List<Object> listed(Progress progress) {
    return List.of(progress.run(), progress.scheduledFor(), Ending.of(progress));
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
    tell(run, new Told.Late(arrived), arrived.time());
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

  private Kept keep(String run, Progress before, Evidence arrived) {
    String key = StoredHistory.key(run, arrived.place());
    // Of a window it is known without looking, and windows are most of what comes.
    boolean isNew =
        arrived.data() instanceof HealthWindow window
            && !before.windows().getOrDefault(window.probe(), Indices.NONE).holds(window.index());
    Evidence there = isNew ? null : evidence.get(key);
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
    return better.equals(there) ? Kept.NOTHING_NEW : Kept.INSTEAD;
  }

  private static boolean sameBody(Evidence one, Evidence other) {
    return Json.text(one.data()).equals(Json.text(other.data()));
  }

  /** Keeps the brake while it is needed; it is made anew when phases move or sums are wrong. */
  private void addUp(String run, LiveRun one, Kept kept, Progress after, Evidence arrived) {
    if (after.plan() == null || !after.plan().stopConditions() || !after.faultLive()) {
      one.brake(null);
    } else if (one.brake() == null
        || kept == Kept.INSTEAD
        || arrived.data() instanceof FaultEvent) {
      one.brake(fold.brake(after, history(run)));
    } else if (arrived.data() instanceof HealthWindow window) {
      one.brake().add(window, history(run));
    } else {
      one.brake().after(after);
    }
  }

  private Progress carryOut(String run, LiveRun one, Step step, Evidence arrived, long arrivedAt) {
    Progress progress = step.after();
    History history = history(run);
    if (step.due().contains(Due.BASELINE)) {
      Event<BaselineJudged> judged = fold.baseline(progress, history);
      progress = progress.withBaselineJudged();
      handDown(run, judged);
    }
    if (step.due().contains(Due.STOP_CONDITIONS)) {
      for (Event<StopConditionBreached> breached :
          one.brake().breached(progress, history, arrived)) {
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
      judgeIfItStillWaits(deadline);
    }
  }

  private void judgeIfItStillWaits(Deadlines.Passed deadline) {
    String run = deadline.run();
    LiveRun one = live.of(run);
    Progress progress = one.progress();
    if (progress == null || !Awaited.of(progress).equals(Optional.of(deadline.awaited()))) {
      return;
    }
    counters.deadline();
    LOG.warnf(
        "run %s waited %s for its %s, and lacks %s: judged by what is there",
        run,
        patience.of(deadline.awaited(), progress),
        deadline.awaited().name().toLowerCase(Locale.ROOT),
        String.join(", ", progress.lacking()));
    Progress after = close(run, progress, history(run));
    live.now(run, one, after);
    Instant at = after.judged().outcome().at();
    tell(run, new Told.Stands(after, at), at);
  }

  private Progress close(String run, Progress progress, History history) {
    Event<VerdictReached> reached = fold.verdict(progress, history);
    handDown(run, reached);
    return progress.withVerdict(
        new Progress.Reached(
            reached.data().outcome().name(), reached.data().reason(), reached.time()));
  }

  private void handDown(String run, Event<? extends VerdictEvent> event) {
    HandedDown before = handedDown.get(run);
    handedDown.put(run, (before == null ? HandedDown.NOTHING : before).with(event));
    counters.handedDown(event.data());
    tell(run, new Told.Judged(event), event.time());
  }

  /**
   * At an event's time, but not so far ahead that a broker would refuse the record, and stop the
   * service at every attempt: an agent's clock may be wrong by years. The event itself keeps it.
   */
  private void tell(String run, Told told, Instant at) {
    long latest = context().currentSystemTimeMs() + AHEAD.toMillis();
    context()
        .forward(new Record<>(run, told, Math.min(at.toEpochMilli(), latest), new RecordHeaders()));
  }

  private History history(String run) {
    return new StoredHistory(evidence, run);
  }
}
