package dev.greenstick.verdict.held;

import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.hypothesis.Vocabulary;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.hypothesis.Facts;
import dev.greenstick.verdict.hypothesis.RunFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of a judged run: of phases as its verdict tells them; of steps, probes and labels, of
 * which a verdict tells only those that its hypothesis names, by the same code from the same
 * events. Safe for many threads.
 */
public final class RunFigures {

  private final Bounds bounds;

  /**
   * @param bounds where a verdict does not say by which it was reached
   */
  public RunFigures(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Whether a verdict may leave out a fact of this name although it is known. */
  public static boolean areReadOffWindows(String name) {
    return Vocabulary.find(name).isEmpty();
  }

  /**
   * Those of the facts that are known, by name.
   *
   * @param history from which the verdict was reached
   * @param names as verdicts name facts
   */
  Map<String, Double> of(
      VerdictReached verdict, Progress progress, History history, List<String> names) {
    Map<String, Double> figures = new HashMap<>();
    List<Fact> others = new ArrayList<>();
    for (String name : names) {
      Double told = verdict.facts().get(name);
      if (told != null) {
        figures.put(name, told);
      } else if (areReadOffWindows(name)) {
        others.add(HypothesisLanguage.fact(name));
      }
    }
    if (!others.isEmpty()) {
      Facts facts = new RunFacts(bounds(verdict)).whole(progress, history, List.copyOf(others));
      for (Fact fact : others) {
        if (facts.of(fact) instanceof Value.Exact(double value)) {
          figures.put(fact.name(), value);
        }
      }
    }
    return figures;
  }

  private Bounds bounds(VerdictReached verdict) {
    VerdictReached.Lateness lateness = verdict.lateness();
    return lateness == null ? bounds : new Bounds(lateness.bound(), lateness.share());
  }
}
