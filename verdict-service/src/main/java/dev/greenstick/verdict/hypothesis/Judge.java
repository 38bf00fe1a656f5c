package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.CompiledAssertion;
import dev.greenstick.contracts.hypothesis.Evaluation;
import dev.greenstick.contracts.hypothesis.Figure;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.contracts.verdict.Judgement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges assertions by facts; steady state, stop conditions and the verdict's assertions alike.
 * Keeps what it has compiled. Safe for many threads.
 */
public final class Judge {

  /** How many compiled assertions are kept: those of the runs that live now, and more. */
  private static final int KEPT = 1_000;

  private final Map<String, Compiled> compiled =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
              return size() > KEPT;
            }
          });

  private sealed interface Compiled {

    record Sound(CompiledAssertion assertion) implements Compiled {}

    record Unsound(String reason) implements Compiled {}
  }

  /** One judgement for each assertion, in their order. */
  public List<Judgement> judge(List<String> assertions, Facts facts) {
    return assertions.stream().map(assertion -> judge(assertion, facts)).toList();
  }

  /** What becomes of one assertion. One that does not compile is undecided. */
  public Judgement judge(String assertion, Facts facts) {
    return switch (compiled.computeIfAbsent(assertion, Judge::compile)) {
      case Compiled.Sound(CompiledAssertion sound) -> judge(sound, facts);
      case Compiled.Unsound(String reason) ->
          new Judgement(
              assertion,
              Judgement.Outcome.UNDECIDED,
              null,
              null,
              null,
              null,
              "",
              0,
              Map.of(),
              List.of(),
              "cannot be read: " + reason);
    };
  }

  private static Compiled compile(String assertion) {
    try {
      return new Compiled.Sound(HypothesisLanguage.compile(assertion));
    } catch (IllegalArgumentException e) {
      return new Compiled.Unsound(e.getMessage());
    }
  }

  /** Every figure that these assertions name; those that cannot be read name none. */
  public List<Figure> figures(List<String> assertions) {
    return assertions.stream()
        .map(assertion -> compiled.computeIfAbsent(assertion, Judge::compile))
        .filter(Compiled.Sound.class::isInstance)
        .flatMap(sound -> ((Compiled.Sound) sound).assertion().figures().stream())
        .distinct()
        .toList();
  }

  private static Judgement judge(CompiledAssertion assertion, Facts facts) {
    Evaluation evaluation = assertion.evaluate(facts);
    Optional<Evaluation.Figures> figures = evaluation.figures();
    List<Estimate> estimates = estimates(assertion, facts);
    return new Judgement(
        assertion.text(),
        evaluation.outcome(),
        figures.map(Evaluation.Figures::left).orElse(null),
        figures.map(sides -> sides.comparison().operator()).orElse(null),
        figures.map(Evaluation.Figures::right).orElse(null),
        figures.map(Evaluation.Figures::margin).orElse(null),
        figures.map(sides -> sides.comparison().unit()).orElse(""),
        facts.samples(assertion.facts()),
        facts.exact(assertion.facts()),
        List.copyOf(evaluation.missing().keySet()),
        Wording.explanation(evaluation, estimates),
        estimates);
  }

  private static List<Estimate> estimates(CompiledAssertion assertion, Facts facts) {
    List<Estimate> estimates = new ArrayList<>();
    for (Figure figure : assertion.figures()) {
      if (facts.of(figure) instanceof Value.Estimated estimated) {
        estimates.add(estimated.estimate());
      }
    }
    return estimates;
  }
}
