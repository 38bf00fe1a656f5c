package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.experiment.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Assertions in CEL over the facts of {@link Vocabulary} and the functions of {@link
 * dev.greenstick.contracts.hypothesis.Function}, with units: {@code 99.5%}, {@code 200ms}, {@code
 * 30s}. Safe for many threads; the first use takes a while.
 */
public final class HypothesisLanguage {

  /** {@code probes.NAME.} and {@code steps.NAME.}, where a hyphen would be taken for a minus. */
  private static final Pattern WITHOUT_BRACKETS =
      Pattern.compile("^(?:probes\\.([-a-z0-9]+)\\.)?(?:steps\\.([-a-z0-9]+)\\.)?");

  private HypothesisLanguage() {}

  /** Every problem of an experiment's hypothesis at once; empty when it can be judged. */
  public static List<Problem> check(Experiment experiment) {
    return check(experiment, Places.UNKNOWN);
  }

  /**
   * As {@link #check(Experiment)}, for an experiment that was read from a document: the problems
   * say where in the document they are.
   */
  public static List<Problem> check(Experiment experiment, Places places) {
    List<String> steps =
        experiment.spec().steps().stream().map(step -> step.name().value()).toList();
    List<String> probes =
        experiment.spec().probes().stream().map(probe -> probe.name().value()).toList();
    return check(
        experiment.spec().hypothesis(),
        "spec.hypothesis",
        places,
        scope -> new Names(scope, Optional.of(steps), Optional.of(probes)));
  }

  /** As {@link #check(Experiment)}, for a hypothesis that stands at {@code path}. */
  public static List<Problem> check(Hypothesis hypothesis, String path) {
    return check(hypothesis, path, Places.UNKNOWN, Names::any);
  }

  /**
   * Compiles an assertion that may name every fact.
   *
   * @throws IllegalArgumentException with line, column and what to write instead
   */
  public static CompiledAssertion compile(String assertion) {
    return compile(assertion, Scope.ASSERTIONS);
  }

  /**
   * Compiles what stands in a scope.
   *
   * @throws IllegalArgumentException with line, column and what to write instead
   */
  public static CompiledAssertion compile(String assertion, Scope scope) {
    Compiler compiler = new Compiler(assertion, Names.any(scope));
    return compiler
        .compile()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    compiler.complaints().stream()
                        .map(Complaints.Complaint::toString)
                        .collect(Collectors.joining("; "))));
  }

  /**
   * The fact of this name, outside of an assertion: as one names it, {@code
   * steps['one'].availability}, or without brackets, {@code steps.one.availability}.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  public static Fact fact(String name) {
    Matcher plain = WITHOUT_BRACKETS.matcher(name);
    StringBuilder inBrackets = new StringBuilder();
    if (plain.lookingAt()) {
      if (plain.group(1) != null) {
        inBrackets.append("probes['").append(plain.group(1)).append("'].");
      }
      if (plain.group(2) != null) {
        inBrackets.append("steps['").append(plain.group(2)).append("'].");
      }
      inBrackets.append(name, plain.end(), name.length());
    }
    Names.Meant meant =
        Compiler.name(inBrackets.toString())
            .map(path -> Names.any(Scope.ASSERTIONS).resolve(path))
            .orElseGet(() -> new Names.Meant.Nothing(name + " is no name of a fact"));
    if (meant instanceof Names.Meant.AFact known) {
      return known.fact();
    }
    throw new IllegalArgumentException(
        meant instanceof Names.Meant.Nothing nothing
            ? nothing.message()
            : name + " is no figure; name one of them, like " + name + "['a']");
  }

  private static List<Problem> check(
      Hypothesis hypothesis, String path, Places places, Function<Scope, Names> names) {
    List<Problem> problems = new ArrayList<>();
    for (Scope scope : Scope.values()) {
      List<String> assertions =
          switch (scope) {
            case STEADY_STATE -> hypothesis.steadyState();
            case ASSERTIONS -> hypothesis.assertions();
            case STOP_CONDITIONS -> hypothesis.stopConditions();
          };
      for (int i = 0; i < assertions.size(); i++) {
        String at = path + "." + scope.field() + "[" + i + "]";
        Compiler compiler = new Compiler(assertions.get(i), names.apply(scope));
        compiler.compile();
        for (Complaints.Complaint complaint : compiler.complaints()) {
          problems.add(
              places
                  .within(at, complaint.line(), complaint.column())
                  .map(place -> new Problem(at, complaint.toString(), place.line(), place.column()))
                  .orElseGet(() -> new Problem(at, complaint.toString())));
        }
      }
    }
    return List.copyOf(problems);
  }
}
