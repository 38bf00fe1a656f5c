package dev.greenstick.contracts.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Conditions made at random, with facts that are known, missing, bounded or estimated. CEL's own
 * checker and runtime are the oracle for what is known; Kleene's tables are it for what is not.
 */
class ThreeValuesPropertyTest {

  private static final int CONDITIONS = 1_500;
  private static final int COMPLETIONS = 8;

  private static final List<String> FACTS =
      List.of(
          "fault.availability",
          "fault.errorRate",
          "baseline.errorRate",
          "run.count",
          "fault.latency.p99",
          "baseline.latency.p50");

  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private static CelCompiler compiler() {
    CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder();
    FACTS.forEach(fact -> builder.addVar(fact, SimpleType.DOUBLE));
    return builder.setResultType(SimpleType.BOOL).build();
  }

  @Test
  void whatIsKnownAsAWholeIsWhatCelMakesOfIt() throws Exception {
    for (long seed = 0; seed < CONDITIONS; seed++) {
      // Given
      Random random = new Random(seed);
      String text = condition(random);
      Map<String, Double> facts = facts(random);

      // When
      Evaluation evaluation = HypothesisLanguage.compile(text).evaluate(Known.exactly(facts));

      // Then
      assertThat(evaluation.outcome())
          .as("seed %d: %s for %s", seed, text, facts)
          .isEqualTo(cel(text, facts) ? Outcome.HELD : Outcome.FAILED);
    }
  }

  @Test
  void whatIsDecidedInSpiteOfMissingOrUncertainFactsIsSoHoweverTheyTurnOut() throws Exception {
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    for (long seed = 0; seed < CONDITIONS; seed++) {
      // Given
      Random random = new Random(seed);
      String text = condition(random);
      Map<String, Value> values = values(random);
      Known known = figure -> values.get(figure.name());

      // When
      Evaluation evaluation = HypothesisLanguage.compile(text).evaluate(known);

      // Then
      seen.merge(evaluation.outcome(), 1, Integer::sum);
      if (evaluation.outcome() == Outcome.UNDECIDED) {
        assertThat(evaluation.missing().isEmpty() && evaluation.trouble().isEmpty())
            .as("seed %d: %s says why it is undecided", seed, text)
            .isFalse();
        continue;
      }
      CelRuntime.Program oracle = cel(text);
      for (int i = 0; i < COMPLETIONS; i++) {
        Map<String, Double> completion = completed(values, random);
        assertThat(oracle.eval(completion))
            .as("seed %d: %s is %s for %s, and for %s", seed, text, evaluation, values, completion)
            .isEqualTo(evaluation.outcome() == Outcome.HELD);
      }
    }
    assertThat(seen).as("the generator makes every outcome").containsKeys(Outcome.values());
    assertThat(seen.values()).allMatch(count -> count > CONDITIONS / 20);
  }

  @Test
  void logicOverMissingFactsIsKleenes() {
    BiFunction<Outcome, Outcome, Outcome> and =
        (one, other) ->
            one == Outcome.FAILED || other == Outcome.FAILED
                ? Outcome.FAILED
                : one == Outcome.HELD && other == Outcome.HELD ? Outcome.HELD : Outcome.UNDECIDED;
    Map<Outcome, Outcome> not =
        Map.of(
            Outcome.HELD, Outcome.FAILED,
            Outcome.FAILED, Outcome.HELD,
            Outcome.UNDECIDED, Outcome.UNDECIDED);
    Map<Outcome, String> atoms =
        Map.of(
            Outcome.HELD, "run.count > 0",
            Outcome.FAILED, "run.count > 2",
            Outcome.UNDECIDED, "fault.count > 0");
    for (Outcome a : Outcome.values()) {
      assertThat(outcome("!(" + atoms.get(a) + ")")).isEqualTo(not.get(a));
      for (Outcome b : Outcome.values()) {
        String pair = "(" + atoms.get(a) + ") %s (" + atoms.get(b) + ")";
        assertThat(outcome(pair.formatted("&&"))).isEqualTo(and.apply(a, b));
        assertThat(outcome(pair.formatted("||")))
            .isEqualTo(not.get(and.apply(not.get(a), not.get(b))));
        for (Outcome c : Outcome.values()) {
          Outcome chosen =
              switch (c) {
                case HELD -> a;
                case FAILED -> b;
                case UNDECIDED -> a == b ? a : Outcome.UNDECIDED;
              };
          assertThat(
                  outcome(
                      "(" + atoms.get(c) + ") ? (" + atoms.get(a) + ") : (" + atoms.get(b) + ")"))
              .as("%s ? %s : %s", c, a, b)
              .isEqualTo(chosen);
        }
      }
    }
  }

  private static Outcome outcome(String text) {
    return HypothesisLanguage.compile(text)
        .evaluate(Known.exactly(Map.of("run.count", 1.0)))
        .outcome();
  }

  private static boolean cel(String text, Map<String, Double> facts) throws Exception {
    return cel(text).eval(new HashMap<>(facts)).equals(true);
  }

  private static CelRuntime.Program cel(String text) throws Exception {
    return RUNTIME.createProgram(COMPILER.compile(text).getAst());
  }

  /** A condition that names at least one fact. */
  private static String condition(Random random) {
    String text = condition(random, 3);
    return FACTS.stream().anyMatch(text::contains) ? text : condition(random);
  }

  private static String condition(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return comparison(random, 2);
    }
    String one = "(" + condition(random, depth - 1) + ")";
    String other = "(" + condition(random, depth - 1) + ")";
    return switch (random.nextInt(5)) {
      case 0 -> one + " && " + other;
      case 1 -> one + " || " + other;
      case 2 -> "!" + one;
      case 3 -> one + " ? " + other + " : (" + condition(random, depth - 1) + ")";
      default -> one + (random.nextBoolean() ? " == " : " != ") + other;
    };
  }

  private static String comparison(Random random, int depth) {
    boolean isTime = random.nextInt(3) == 0;
    String[] operators = {"<", "<=", ">", ">=", "==", "!="};
    return quantity(random, depth, isTime)
        + " "
        + operators[random.nextInt(operators.length)]
        + " "
        + quantity(random, depth, isTime);
  }

  private static String quantity(Random random, int depth, boolean isTime) {
    if (depth == 0 || random.nextInt(3) == 0) {
      // A bare number is a count of milliseconds beside latencies only, so it is written as a sum.
      return isTime
          ? FACTS.get(4 + random.nextInt(2))
          : random.nextInt(3) == 0
              ? String.valueOf(random.nextInt(-4, 4) / 4.0)
              : FACTS.get(random.nextInt(4));
    }
    String one = "(" + quantity(random, depth - 1, isTime) + ")";
    return switch (random.nextInt(5)) {
      case 0 -> one + " + (" + quantity(random, depth - 1, isTime) + ")";
      case 1 -> one + " - (" + quantity(random, depth - 1, isTime) + ")";
      case 2 -> one + " * (" + quantity(random, depth - 1, false) + ")";
      case 3 -> "-" + one;
      default ->
          "("
              + comparison(random, depth - 1)
              + " ? "
              + one
              + " : "
              + quantity(random, depth - 1, isTime)
              + ")";
    };
  }

  private static Map<String, Double> facts(Random random) {
    Map<String, Double> facts = new HashMap<>();
    FACTS.forEach(fact -> facts.put(fact, random.nextInt(9) / 4.0));
    return facts;
  }

  private static Map<String, Value> values(Random random) {
    Map<String, Value> values = new HashMap<>();
    facts(random)
        .forEach(
            (fact, exact) ->
                values.put(
                    fact,
                    switch (random.nextInt(6)) {
                      case 0 -> new Value.Missing("nobody looked");
                      case 1 -> new Value.MoreThan(exact);
                      case 2 -> {
                        double high = exact + random.nextInt(4) / 4.0;
                        yield new Value.Estimated(exact, exact, high, estimate(fact));
                      }
                      default -> new Value.Exact(exact);
                    }));
    return values;
  }

  private static Estimate estimate(String figure) {
    return new Estimate(figure, "made up", null, null, null, null, null, 0, null, null, "");
  }

  /** As the facts may turn out: also at the very ends of what they may be. */
  private static Map<String, Double> completed(Map<String, Value> values, Random random) {
    Map<String, Double> completed = new HashMap<>();
    values.forEach(
        (fact, value) ->
            completed.put(
                fact,
                value instanceof Value.Exact exact
                    ? exact.figure()
                    : value instanceof Value.MoreThan more
                        ? more.bound() + Math.max(0.25, random.nextInt(40) / 4.0)
                        : value instanceof Value.Estimated estimated
                            ? estimated.low()
                                + random.nextInt(5) / 4.0 * (estimated.high() - estimated.low())
                            : (random.nextInt(81) - 40) / 4.0));
    return completed;
  }
}
