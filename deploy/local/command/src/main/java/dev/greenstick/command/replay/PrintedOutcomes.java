package dev.greenstick.command.replay;

import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.replay.Counts;
import dev.greenstick.verdict.replay.Difference;
import dev.greenstick.verdict.replay.Judged;
import dev.greenstick.verdict.replay.Outcome;
import dev.greenstick.verdict.replay.Outcome.Status;
import dev.greenstick.verdict.replay.RecordingException;
import dev.greenstick.verdict.replay.Sink;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Outcomes as a person reads them: what is as recorded is only counted. */
final class PrintedOutcomes implements Sink {

  private static final int MOST_DIFFERENCES = 20;

  private final Consumer<String> lines;
  private final Optional<Sink> beside;

  /**
   * @param beside where every outcome goes, too
   */
  PrintedOutcomes(Consumer<String> lines, Optional<Sink> beside) {
    this.lines = lines;
    this.beside = beside;
  }

  @Override
  public void begin(Set<UUID> done) throws RecordingException {
    if (!done.isEmpty()) {
      lines.accept("going on after " + done.size() + " runs that are judged already");
    }
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
    if (isToldOf(outcome.status())) {
      lines.accept(line(outcome));
      outcome.differences().stream()
          .limit(MOST_DIFFERENCES)
          .map(PrintedOutcomes::line)
          .forEach(lines);
      if (outcome.differences().size() > MOST_DIFFERENCES) {
        lines.accept("    and " + (outcome.differences().size() - MOST_DIFFERENCES) + " more");
      }
    }
  }

  private static boolean isToldOf(Status status) {
    return switch (status) {
      case DIFFERENT, NOT_WHOLE, NO_VERDICT, CHANGED, NEW -> true;
      case IDENTICAL, NOT_ENDED, SKIPPED, UNCHANGED -> false;
    };
  }

  private static String line(Outcome outcome) {
    String what =
        switch (outcome.status()) {
          case CHANGED -> word(outcome.recorded()) + " would be " + word(outcome.replayed());
          case NEW -> "no verdict is recorded, it would be " + word(outcome.replayed());
          case NO_VERDICT -> "has ended, and no verdict on it is recorded";
          default -> phrase(outcome.status());
        };
    return "run %s of %s on %s: %s%s%s"
        .formatted(
            outcome.run().id(),
            outcome.run().experiment(),
            outcome.run().cluster(),
            what,
            outcome.remark() == null ? "" : "; " + outcome.remark(),
            outcome.status() == Status.CHANGED ? "\n    " + outcome.verdict().reason() : "");
  }

  private static String line(Difference difference) {
    return "    %s: recorded %s, now %s"
        .formatted(
            difference.path().isEmpty() ? "the whole" : difference.path(),
            difference.recorded().isEmpty() ? "nothing" : difference.recorded(),
            difference.replayed().isEmpty() ? "nothing" : difference.replayed());
  }

  /** What it came to, line by line. */
  static void print(Counts counts, Consumer<String> lines) {
    counts
        .runs()
        .forEach((status, count) -> lines.accept("%,9d %s".formatted(count, phrase(status))));
    if (counts.earlier() > 0) {
      lines.accept(
          "%,9d baselines and stop conditions of them reached again, byte for byte"
              .formatted(counts.earlier()));
    }
    lines.accept(
        "%,9d records read%s%s%s"
            .formatted(
                counts.records(),
                some(counts.unread(), "are no events"),
                some(counts.afterVerdict(), "came after the verdict on their run"),
                some(counts.secondVerdicts(), "are second verdicts")));
  }

  private static String some(long count, String what) {
    return count == 0 ? "" : ", %,d %s".formatted(count, what);
  }

  private static String phrase(Status status) {
    return switch (status) {
      case IDENTICAL -> "verdict reached again, byte for byte";
      case DIFFERENT -> "verdict differs";
      case NOT_WHOLE -> "verdict cannot be verified";
      case NO_VERDICT -> "ended without a verdict";
      case NOT_ENDED -> "not ended";
      case SKIPPED -> "skipped";
      case UNCHANGED -> "outcome unchanged";
      case CHANGED -> "outcome changed";
      case NEW -> "judged, with no verdict recorded";
    };
  }

  private static String word(VerdictReached.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
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
