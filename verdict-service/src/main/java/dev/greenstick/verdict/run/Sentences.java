package dev.greenstick.verdict.run;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.verdict.history.Progress;
import java.util.List;
import java.util.stream.Collectors;

/** Reasons in one sentence. */
final class Sentences {

  private Sentences() {}

  static String failed(List<Judgement> judgements) {
    return some(judgements, Outcome.FAILED, "failed");
  }

  static String undecided(List<Judgement> judgements) {
    return some(judgements, Outcome.UNDECIDED, "cannot be decided");
  }

  static String held(List<Judgement> judgements) {
    return judgements.size() == 1
        ? "the assertion held"
        : "all " + judgements.size() + " assertions held";
  }

  /**
   * Why a run is judged that nobody ended.
   *
   * @param plan null where that was not told either
   */
  static String untold(Progress.Plan plan) {
    return plan == null
        ? "the scheduler neither planned nor ended the run, as far as was told, and the deadline for"
            + " that has passed"
        : "the scheduler never ended the run, which was planned for %s, and the deadline for its end has passed"
            .formatted(GoDuration.format(plan.length()));
  }

  static String lacking(List<String> lacking) {
    return lacking.isEmpty() ? "" : "; lacking: " + String.join(", ", lacking);
  }

  static String problems(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }

  private static String some(List<Judgement> judgements, Outcome outcome, String what) {
    List<Judgement> those =
        judgements.stream().filter(judgement -> judgement.outcome() == outcome).toList();
    return "%d of %d assertions %s: %s"
        .formatted(
            those.size(),
            judgements.size(),
            what,
            those.stream().map(Judgement::explanation).collect(Collectors.joining("; ")));
  }
}
