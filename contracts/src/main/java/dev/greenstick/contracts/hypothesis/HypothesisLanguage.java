package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Hypothesis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Assertions in CEL over the facts of {@link Vocabulary}. Every number is a double, so that {@code
 * fault.count >= 100} and {@code 2 * baseline.latency.p99} mean what they seem to; durations are
 * written {@code duration('30s')}. Safe for many threads; the first use takes about a second.
 */
public final class HypothesisLanguage {

  private HypothesisLanguage() {}

  /** Every problem of an experiment's hypothesis at once; empty when it can be judged. */
  public static List<Problem> check(Experiment experiment) {
    return check(experiment.spec().hypothesis(), "spec.hypothesis");
  }

  /** As {@link #check(Experiment)}, for a hypothesis that stands at {@code path}. */
  public static List<Problem> check(Hypothesis hypothesis, String path) {
    List<Problem> problems = new ArrayList<>();
    check(hypothesis.steadyState(), Scope.STEADY_STATE, path, problems);
    check(hypothesis.assertions(), Scope.ASSERTIONS, path, problems);
    check(hypothesis.stopConditions(), Scope.STOP_CONDITIONS, path, problems);
    return List.copyOf(problems);
  }

  /**
   * Compiles an assertion that may name every fact.
   *
   * @throws IllegalArgumentException with line, column and what to write instead
   */
  public static CompiledAssertion compile(String assertion) {
    Compiler compiler = new Compiler(assertion, Scope.ASSERTIONS);
    return compiler
        .compile()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    compiler.complaints().stream().collect(Collectors.joining("; "))));
  }

  private static void check(
      List<String> assertions, Scope scope, String path, List<Problem> problems) {
    for (int i = 0; i < assertions.size(); i++) {
      String at = path + "." + scope.field() + "[" + i + "]";
      Compiler compiler = new Compiler(assertions.get(i), scope);
      compiler.compile();
      compiler.complaints().forEach(complaint -> problems.add(new Problem(at, complaint)));
    }
  }
}
