package dev.greenstick.command.display;

import static dev.greenstick.command.display.Styles.BAD;
import static dev.greenstick.command.display.Styles.FAINT;
import static dev.greenstick.command.display.Styles.GOOD;
import static dev.greenstick.command.display.Styles.NOTICE;
import static dev.greenstick.command.display.Styles.PLAIN;
import static dev.greenstick.command.display.Styles.STRONG;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The verdict with every assertion's figure and bound, then what happened in a few lines.
 *
 * @param glyphs the characters it may use
 */
public record Report(Glyphs glyphs) {

  private static final int NARROWEST = 20;
  private static final int FIGURE = 14;
  private static final double MILLIS = 1_000.0;

  /** The lines about a verdict. */
  public List<AttributedString> verdict(VerdictReached verdict) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(
        line()
            .append(
                verdict.outcome().name().toLowerCase(Locale.ROOT), style(verdict.outcome()).bold())
            .append(": " + verdict.reason(), STRONG)
            .toAttributedString());
    if (verdict.judgements().isEmpty()) {
      return lines;
    }
    lines.add(AttributedString.EMPTY);
    int widest =
        verdict.judgements().stream()
            .mapToInt(judgement -> judgement.assertion().length())
            .max()
            .orElse(NARROWEST);
    int columns = Math.max(widest, NARROWEST);
    lines.add(
        line()
            .style(FAINT)
            .append(
                "    "
                    + pad("assertion", columns)
                    + right("figure")
                    + "     "
                    + pad("bound", FIGURE))
            .toAttributedString());
    verdict.judgements().forEach(judgement -> lines.add(assertion(judgement, columns)));
    return lines;
  }

  private AttributedString assertion(Judgement judgement, int columns) {
    AttributedStyle style = style(judgement.outcome());
    return line()
        .append("  ")
        .append(mark(judgement.outcome()), style)
        .append(" " + pad(judgement.assertion(), columns))
        .append(right(Figures.figure(judgement.left(), judgement.unit())), style)
        .append(" " + pad(judgement.operator() == null ? "" : judgement.operator(), 3))
        .append(" " + pad(Figures.figure(judgement.right(), judgement.unit()), FIGURE))
        .append(words(judgement), style)
        .toAttributedString();
  }

  private static String words(Judgement judgement) {
    return switch (judgement.outcome()) {
      case HELD -> "held";
      case FAILED -> judgement.left() == null ? "failed: " + judgement.explanation() : "failed";
      case UNDECIDED ->
          judgement.missing().isEmpty()
              ? "undecided: " + judgement.explanation()
              : "undecided: no " + String.join(", ", judgement.missing());
    };
  }

  private String mark(Judgement.Outcome outcome) {
    return switch (outcome) {
      case HELD -> glyphs.held();
      case FAILED -> glyphs.failed();
      case UNDECIDED -> glyphs.undecided();
    };
  }

  private static AttributedStyle style(Judgement.Outcome outcome) {
    return switch (outcome) {
      case HELD -> GOOD;
      case FAILED -> BAD;
      case UNDECIDED -> NOTICE;
    };
  }

  private static AttributedStyle style(VerdictReached.Outcome outcome) {
    return switch (outcome) {
      case CONFIRMED -> GOOD;
      case REFUTED -> BAD;
      case INCONCLUSIVE -> NOTICE;
    };
  }

  /** What happened, and what it took. */
  public List<AttributedString> summary(RunView view, Footing footing) {
    List<AttributedString> lines = new ArrayList<>();
    Answers answers = view.history().whole().answers();
    String failures = AnswerWords.failures(answers);
    lines.add(
        fact(
            "predictions",
            Figures.count(answers.total())
                + ": "
                + Figures.count(answers.ok())
                + " right"
                + (failures.isEmpty() ? "" : ", " + failures)));
    view.faults().values().forEach(fault -> lines.add(fact("fault", hit(fault))));
    view.pods().values().stream()
        .filter(PodSeen::hit)
        .forEach(pod -> lines.add(fact("pod", pod(pod))));
    lines.add(
        fact(
            "started in",
            footing
                .toFirstPrediction()
                .map(
                    took ->
                        String.format(
                            Locale.ROOT,
                            "%.1f s to the first prediction",
                            took.toMillis() / MILLIS))
                .orElse("no prediction was answered")));
    lines.add(
        fact(
            "memory",
            footing.memory().entrySet().stream()
                .map(part -> part.getKey() + " " + Figures.mebibytes(part.getValue()))
                .collect(Collectors.joining(", "))));
    return lines;
  }

  private static String hit(RunView.LiveFault fault) {
    Instant since = fault.injected().startedAt();
    String pods =
        fault.injected().pods().stream().map(Object::toString).collect(Collectors.joining(", "));
    return pods
        + " was hit"
        + fault
            .revertedAt()
            .map(
                end ->
                    String.format(
                        Locale.ROOT,
                        " for %.1f s",
                        Duration.between(since, end).toMillis() / MILLIS))
            .orElse(" and is not known to be reverted");
  }

  private static String pod(PodSeen pod) {
    return pod.pod()
        + ": "
        + pod.state()
        + ", image "
        + String.join(" ", pod.shortImages())
        + (pod.gone() || pod.imagesChanged() ? "" : " as before")
        + ", restarts "
        + pod.restarts();
  }

  private static AttributedString fact(String name, String text) {
    return line()
        .append("  ")
        .append(pad(name, FIGURE), FAINT)
        .append(text, PLAIN)
        .toAttributedString();
  }

  private static AttributedStringBuilder line() {
    return new AttributedStringBuilder();
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(0, FIGURE - text.length())) + text;
  }
}
