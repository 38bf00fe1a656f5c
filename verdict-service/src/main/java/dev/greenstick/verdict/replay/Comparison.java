package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.hypothesis.Judge;
import dev.greenstick.verdict.hypothesis.RunFacts;
import dev.greenstick.verdict.replay.Outcome.Status;
import dev.greenstick.verdict.run.RunFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Judges a run once more, and holds that beside what is recorded. Safe for many threads. */
final class Comparison {

  private final Judging judging;
  private final Bounds bounds;
  private final Judge judge = new Judge();
  private final Map<Bounds, RunFold> folds = new ConcurrentHashMap<>();

  /**
   * @param bounds where the recorded verdict does not say by which it was judged
   */
  Comparison(Judging judging, Bounds bounds) {
    this.judging = judging;
    this.bounds = bounds;
  }

  private RunFold fold(RecordedVerdict recorded) {
    VerdictReached.Lateness lateness = recorded == null ? null : recorded.data().lateness();
    return folds.computeIfAbsent(
        lateness == null ? bounds : new Bounds(lateness.bound(), lateness.share()),
        one -> new RunFold(new RunFacts(one), judge));
  }

  /** What comes of a run of which everything was read that will be. */
  Judged of(HeldRun held, Spill spill) {
    return switch (judging) {
      case Judging.Verify _ -> verify(held, spill);
      case Judging.Again again -> again(held, again, spill);
    };
  }

  private Judged verify(HeldRun held, Spill spill) {
    RecordedVerdict recorded = held.recorded();
    if (recorded == null) {
      Reach reach = Reach.of(held.run(), held.history(_ -> true, spill), fold(null));
      return unjudged(held, without(reach));
    }
    Optional<Judged> gone = gone(held, recorded);
    if (gone.isPresent()) {
      return gone.get();
    }
    Event<VerdictReached> again =
        Reach.of(held.run(), held.history(recorded::rests, spill), fold(recorded))
            .verdict(Optional.empty());
    List<Difference> differences = new ArrayList<>(recorded.differences(again));
    for (RecordedEvent earlier : held.earlier()) {
      differences.addAll(
          EarlierJudgement.differences(
              earlier, held.history(recorded::rests, spill), fold(recorded)));
    }
    if (differences.isEmpty() && !held.judgedTwice()) {
      return judged(held, Status.IDENTICAL, again, List.of(), null);
    }
    return judged(
        held,
        Status.DIFFERENT,
        again,
        differences,
        held.judgedTwice()
            ? "more than one verdict is recorded"
            : version(recorded.data().foldVersion()));
  }

  private static String version(int recorded) {
    return recorded == RunFold.VERSION
        ? null
        : "recorded by version %d of the fold, judged by version %d"
            .formatted(recorded, RunFold.VERSION);
  }

  private Judged again(HeldRun held, Judging.Again again, Spill spill) {
    RecordedVerdict recorded = held.recorded();
    Predicate<Evidence> counts = _ -> true;
    if (recorded != null && !again.late()) {
      Optional<Judged> gone = gone(held, recorded);
      if (gone.isPresent()) {
        return gone.get();
      }
      counts = recorded::rests;
    }
    if (again.until().isPresent()) {
      counts = counts.and(evidence -> !evidence.time().isAfter(again.until().get()));
    }
    Reach reach = Reach.of(held.run(), held.history(counts, spill), fold(recorded));
    if (!reach.ended() && !judgedWithoutEnd(recorded)) {
      return unjudged(held, without(reach));
    }
    Event<VerdictReached> event = reach.verdict(again.hypothesis());
    if (recorded == null) {
      return judged(held, Status.NEW, event, List.of(), null);
    }
    boolean same = recorded.data().outcome() == event.data().outcome();
    return judged(held, same ? Status.UNCHANGED : Status.CHANGED, event, List.of(), null);
  }

  private static boolean judgedWithoutEnd(RecordedVerdict recorded) {
    return recorded != null && recorded.data().end() == VerdictReached.End.UNTOLD;
  }

  private static Status without(Reach reach) {
    if (reach.skipped()) {
      return Status.SKIPPED;
    }
    return reach.ended() ? Status.NO_VERDICT : Status.NOT_ENDED;
  }

  private static Optional<Judged> gone(HeldRun held, RecordedVerdict recorded) {
    return held.holdsEndsOf(recorded.data().evidence())
        ? Optional.empty()
        : Optional.of(
            new Judged(
                new Outcome(
                    held.run(),
                    Status.NOT_WHOLE,
                    recorded.data().outcome(),
                    null,
                    List.of(),
                    "not all of its evidence is there or selected: " + recorded.data().evidence(),
                    null),
                Optional.empty()));
  }

  private static Judged unjudged(HeldRun held, Status status) {
    return new Judged(
        new Outcome(
            held.run(),
            status,
            held.recorded() == null ? null : held.recorded().data().outcome(),
            null,
            List.of(),
            null,
            null),
        Optional.empty());
  }

  private static Judged judged(
      HeldRun held,
      Status status,
      Event<VerdictReached> event,
      List<Difference> differences,
      String remark) {
    boolean same = status == Status.IDENTICAL || status == Status.UNCHANGED;
    return new Judged(
        new Outcome(
            held.run(),
            status,
            held.recorded() == null ? null : held.recorded().data().outcome(),
            event.data().outcome(),
            differences,
            remark,
            same ? null : event.data()),
        Optional.of(event));
  }

  /** Whether recorded events are verified, and not judged anew. */
  boolean verifies() {
    return judging instanceof Judging.Verify;
  }

  /** Whether a run can be judged as soon as its evidence was read, and need not be held longer. */
  boolean closesEarly() {
    return !(judging instanceof Judging.Again again && again.late());
  }
}
