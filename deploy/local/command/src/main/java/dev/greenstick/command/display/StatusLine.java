package dev.greenstick.command.display;

import dev.greenstick.command.display.History.Second;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a run stands, in one line of plain text. */
public final class StatusLine {

  private static final String APART = "  ";

  private StatusLine() {}

  /** The line at this instant. */
  public static String of(RunView view, Instant now) {
    List<String> parts = new ArrayList<>();
    parts.add(stage(view.stage(), now));
    view.history().latest().ifPresent(second -> parts.add(second(second)));
    List<PodSeen> pods = view.pods().values().stream().filter(pod -> !pod.gone()).toList();
    if (!view.pods().isEmpty()) {
      long ready = pods.stream().filter(pod -> pod.last().ready()).count();
      parts.add("pods " + ready + " of " + pods.size() + " ready");
    }
    return String.join(APART, parts);
  }

  private static String second(Second second) {
    String failures = AnswerWords.failures(second.tally().answers());
    return Figures.count(second.tally().answers().total())
        + " predictions/s, availability "
        + Figures.percent(second.tally().availability())
        + ", p99 "
        + Figures.millis(second.tally().p99())
        + (failures.isEmpty() ? "" : " (" + failures + ")");
  }

  private static String stage(Stage stage, Instant now) {
    return switch (stage) {
      case Stage.Waiting waiting -> "waiting for the probe";
      case Stage.Baseline baseline -> progress("baseline", baseline.since(), baseline.until(), now);
      case Stage.Ordered ordered -> "step " + ordered.step().value() + " ordered";
      case Stage.Live live -> progress("fault", live.since(), live.until(), now);
      case Stage.Between between -> "between faults";
      case Stage.Recovery recovery -> progress("recovery", recovery.since(), recovery.until(), now);
      case Stage.Judging judging -> "judging";
      case Stage.Judged judged -> "judged";
    };
  }

  private static String progress(String name, Instant since, Instant until, Instant now) {
    return name
        + " "
        + Figures.seconds(Duration.between(since, now.isAfter(until) ? until : now))
        + " of "
        + Figures.secondsLeft(Duration.between(since, until));
  }
}
