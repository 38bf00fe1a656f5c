package dev.greenstick.command.display;

import static dev.greenstick.command.display.Styles.BAD;
import static dev.greenstick.command.display.Styles.FAINT;
import static dev.greenstick.command.display.Styles.GOOD;
import static dev.greenstick.command.display.Styles.NOTICE;
import static dev.greenstick.command.display.Styles.PLAIN;
import static dev.greenstick.command.display.Styles.STRONG;

import dev.greenstick.command.display.History.Phase;
import dev.greenstick.command.display.RunView.LiveFault;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.health.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * A run as a terminal shows it: phases with bars and figures, the present second, and the pods.
 *
 * @param glyphs the characters it may use
 * @param columns the terminal's width; no line is longer
 */
public record Frame(Glyphs glyphs, int columns) {

  private static final int NAME = 10;
  private static final int TIME = 18;
  private static final int PREDICTIONS = 11;
  private static final int AVAILABILITY = 14;
  private static final int LATENCY = 11;
  private static final int POD = 32;
  private static final int STATE = 32;
  private static final int IMAGE = 12;
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 24;
  private static final int GAPS = 4;
  private static final int MOST_PODS = 12;

  /** The lines at this instant. */
  public List<AttributedString> of(RunView view, Instant now) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(heading());
    for (Phase phase : Phase.values()) {
      lines.add(phase(phase, view, now));
    }
    lines.add(AttributedString.EMPTY);
    lines.add(present(view));
    lines.add(AttributedString.EMPTY);
    view.pods().values().stream().limit(MOST_PODS).map(this::pod).forEach(lines::add);
    if (view.pods().size() > MOST_PODS) {
      lines.add(
          line()
              .append("  and " + (view.pods().size() - MOST_PODS) + " more")
              .toAttributedString());
    }
    return lines.stream().map(this::fitted).toList();
  }

  /** What the other columns leave of an ordinary terminal's eighty. */
  private int bar() {
    int others = GAPS + NAME + TIME + PREDICTIONS + AVAILABILITY + LATENCY;
    return Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, columns - others));
  }

  private static AttributedStringBuilder line() {
    return new AttributedStringBuilder();
  }

  private AttributedString fitted(AttributedString line) {
    return line.columnLength() <= columns ? line : line.columnSubSequence(0, columns);
  }

  private AttributedString heading() {
    return line()
        .style(FAINT)
        .append(
            " ".repeat(GAPS + NAME + bar() + TIME)
                + right("predictions", PREDICTIONS)
                + right("availability", AVAILABILITY)
                + right("p99", LATENCY)
                + "   failures")
        .toAttributedString();
  }

  private AttributedString phase(Phase phase, RunView view, Instant now) {
    Span span = span(phase, view);
    Tally tally = view.history().of(phase);
    long asked = tally.answers().total();
    boolean live = span.isLive() && !(view.stage() instanceof Stage.Judged);
    String failures = AnswerWords.failures(tally.answers());
    return line()
        .append("  ")
        .append(pad(phase.name().toLowerCase(Locale.ROOT), NAME), live ? STRONG : PLAIN)
        .append(glyphs.bar(bar(), span.share(now)), phase == Phase.FAULT ? NOTICE : GOOD)
        .append("  ")
        .append(pad(span.words(now), TIME))
        .append(right(asked == 0 ? "" : Figures.count(asked), PREDICTIONS))
        .append(right(blankIfNone(Figures.percent(tally.availability())), AVAILABILITY))
        .append(right(blankIfNone(Figures.millis(tally.p99())), LATENCY))
        .append(failures.isEmpty() ? "" : "   " + failures, BAD)
        .toAttributedString();
  }

  private static String blankIfNone(String figure) {
    return figure.equals(Figures.NONE) ? "" : figure;
  }

  private AttributedString present(RunView view) {
    Tally tally = view.history().latest().map(History.Second::tally).orElse(Tally.NONE);
    Answers answers = tally.answers();
    String failures = AnswerWords.failures(answers);
    AttributedStringBuilder line = line().append("  ").append(pad("now", NAME));
    if (answers.total() == 0) {
      return line.append(waiting(view), FAINT).toAttributedString();
    }
    return line.append(
            Figures.count(answers.total())
                + " predictions/s   availability "
                + Figures.percent(tally.availability())
                + "   p99 "
                + Figures.millis(tally.p99()))
        .append(failures.isEmpty() ? "" : "   " + failures, BAD)
        .append(stageNote(view), FAINT)
        .toAttributedString();
  }

  private static String waiting(RunView view) {
    return view.experiment().isEmpty() ? "waiting for the scheduler" : "waiting for the probe";
  }

  private static String stageNote(RunView view) {
    return switch (view.stage()) {
      case Stage.Ordered ordered -> "   fault ordered";
      case Stage.Between between -> "   between faults";
      case Stage.Judging judging -> "   judging";
      case Stage.Waiting waiting -> "";
      case Stage.Baseline baseline -> "";
      case Stage.Live live -> "";
      case Stage.Recovery recovery -> "";
      case Stage.Judged judged -> "";
    };
  }

  private AttributedString pod(PodSeen pod) {
    AttributedStyle style = pod.gone() ? FAINT : pod.last().ready() ? GOOD : BAD;
    AttributedStringBuilder line =
        line()
            .append(pod.hit() ? "  hit " : "  pod ", pod.hit() ? NOTICE : PLAIN)
            .append(pad(pod.pod().toString(), POD))
            .append(pad(pod.state(), STATE), style)
            .append(
                pad(String.join(" ", pod.shortImages()), IMAGE),
                pod.imagesChanged() ? NOTICE : PLAIN);
    if (pod.restarts() > 0) {
      line.append("  restarts " + pod.restarts());
    }
    return line.toAttributedString();
  }

  /**
   * A phase in time.
   *
   * @param planned how long it is to be
   * @param since when it began; empty while it is to come
   * @param until when it ended or will end; empty while it is to come
   * @param over whether it has ended
   */
  private record Span(
      Duration planned, Optional<Instant> since, Optional<Instant> until, boolean over) {

    boolean isLive() {
      return since.isPresent() && !over;
    }

    double share(Instant now) {
      if (over || since.isEmpty()) {
        return over ? 1 : 0;
      }
      double whole = Duration.between(since.get(), until.orElseThrow()).toMillis();
      return whole <= 0 ? 1 : Duration.between(since.get(), now).toMillis() / whole;
    }

    String words(Instant now) {
      if (since.isEmpty()) {
        return planned.isZero() ? "" : Figures.secondsLeft(planned);
      }
      Instant end = until.orElseThrow();
      if (over) {
        return Figures.seconds(Duration.between(since.get(), end).plusMillis(500));
      }
      return Figures.seconds(Duration.between(since.get(), now))
          + ", "
          + Figures.secondsLeft(Duration.between(now, end))
          + " left";
    }
  }

  private static Span span(Phase phase, RunView view) {
    return switch (phase) {
      case BASELINE -> baseline(view);
      case FAULT -> fault(view);
      case RECOVERY -> recovery(view);
    };
  }

  private static Duration planned(RunView view, Function<Experiment, Duration> part) {
    return view.experiment().map(part).orElse(Duration.ZERO);
  }

  private static Span baseline(RunView view) {
    Duration planned = planned(view, experiment -> experiment.spec().baseline());
    Optional<Instant> since = view.probing();
    boolean over = view.baseline().isPresent() || !view.faults().isEmpty();
    return new Span(
        planned, since, since.map(start -> start.plus(planned)), since.isPresent() && over);
  }

  private static Span fault(RunView view) {
    Duration planned = planned(view, Frame::faults);
    Optional<Instant> since =
        view.faults().values().stream().map(f -> f.injected().startedAt()).min(Instant::compareTo);
    boolean over =
        !view.faults().isEmpty()
            && view.faults().values().stream().allMatch(f -> f.revertedAt().isPresent());
    Optional<Instant> until =
        view.faults().values().stream().map(Frame::endOf).max(Instant::compareTo);
    return new Span(planned, since, until, over);
  }

  private static Instant endOf(LiveFault fault) {
    return fault.revertedAt().orElse(fault.injected().revertBy());
  }

  /** The longest branch of each step, one step after another. */
  private static Duration faults(Experiment experiment) {
    return experiment.spec().steps().stream()
        .map(
            step ->
                step.branches().stream()
                    .map(
                        branch ->
                            branch.actions().stream()
                                .filter(Fault.class::isInstance)
                                .map(action -> ((Fault) action).duration())
                                .reduce(Duration.ZERO, Duration::plus))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Span recovery(RunView view) {
    Duration planned = planned(view, experiment -> experiment.spec().recovery());
    Optional<Instant> since =
        fault(view).over() && !(view.stage() instanceof Stage.Between)
            ? fault(view).until()
            : Optional.empty();
    boolean over =
        since.isPresent()
            && (view.stage() instanceof Stage.Judging || view.stage() instanceof Stage.Judged);
    return new Span(planned, since, since.map(start -> start.plus(planned)), over);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(1, columns - text.length()));
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - text.length())) + text;
  }
}
