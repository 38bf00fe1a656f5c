package dev.greenstick.bench;

import dev.greenstick.verdict.trial.Rates;
import dev.greenstick.verdict.trial.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How often the judge is wrong: thousands of synthetic runs of which the truth is known, judged by
 * the fold that judges live. Writes {@code judge.md} and {@code judge.svg}.
 */
public final class JudgeTrial {

  private static final long SEED = 20_261_124;

  /** What is claimed, and bare comparisons beside it. */
  private static final List<String> OF_SHARES =
      List.of(
          "difference(fault.availability, baseline.availability) >= -1%",
          "fault.availability - baseline.availability >= -1%");

  private static final List<String> OF_LATENCIES =
      List.of(
          "ratio(fault.latency.p50, baseline.latency.p50) <= 1.1",
          "fault.latency.p50 <= 1.1 * baseline.latency.p50");

  private static final double[] LOSSES = {0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05};
  private static final double[] SLOWDOWNS = {1, 1.05, 1.1, 1.125, 1.15, 1.175, 1.2, 1.25, 1.3};
  private static final int AT_THE_BOUND = 2;

  private JudgeTrial() {}

  /**
   * One row and one curve.
   *
   * @param assertion what was judged
   * @param world what the runs were like, in a few words
   * @param effects the true effects
   * @param rates what came out for each of them
   */
  record Line(String assertion, String world, double[] effects, List<Rates> rates) {

    /** The smallest effect that is refuted in 95 of 100 runs, between two that were tried. */
    double found() {
      for (int i = 1; i < effects.length; i++) {
        double before = rates.get(i - 1).failed();
        double after = rates.get(i).failed();
        if (after >= 0.95) {
          return effects[i - 1]
              + (effects[i] - effects[i - 1]) * Math.max(0, 0.95 - before) / (after - before);
        }
      }
      return Double.NaN;
    }
  }

  /**
   * @param args where to write, and how many short runs for each effect
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "verdict-service/docs");
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    List<Line> lines = new ArrayList<>();
    lines.addAll(lines("20 s and 30 s", World.shortRun(), runs));
    lines.addAll(lines("120 s and 120 s", World.longRun(), Math.max(1, runs / 4)));
    lines.addAll(
        lines("20 s and 30 s, likeness 0.6", World.shortRun().likeness(0.6), Math.max(1, runs / 2))
            .stream()
            .filter(line -> OF_LATENCIES.contains(line.assertion()))
            .toList());
    Files.writeString(folder.resolve("judge.svg"), TrialPlot.of(lines));
    Files.writeString(folder.resolve("judge.md"), page(lines, runs));
    System.out.print(table(lines));
  }

  private static List<Line> lines(String name, World world, int runs) {
    List<String> assertions = new ArrayList<>(OF_SHARES);
    assertions.addAll(OF_LATENCIES);
    List<List<Rates>> byEffect = new ArrayList<>();
    for (int i = 0; i < LOSSES.length; i++) {
      World tried = world.failing(0.005).loss(LOSSES[i]).slowdown(SLOWDOWNS[i]);
      byEffect.add(Rates.of(tried, assertions, runs, SEED + 100_000L * i));
      System.err.printf("%s: %d of %d%n", name, i + 1, LOSSES.length);
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < assertions.size(); i++) {
      int at = i;
      lines.add(
          new Line(
              assertions.get(i),
              name,
              OF_SHARES.contains(assertions.get(i)) ? LOSSES : SLOWDOWNS,
              byEffect.stream().map(rates -> rates.get(at)).toList()));
    }
    return lines;
  }

  private static String page(List<Line> lines, int runs) {
    return """
    # How often the judge is wrong

    Written by `deploy/bench/run judge`; a fast version of it, by a fixed seed, is a test. %,d synthetic runs for each effect \
    (a quarter of that for the long ones, half for the alike ones), fifty predictions a second, of which half a per cent fail \
    anyhow. Their truth is known: during the fault so much more of the predictions are refused, or every latency is so many \
    times as long. They are judged by the fold that judges live.

    ![refuted and confirmed by true effect](judge.svg)

    The bound is at a loss of 1 %% and a slowdown of 1.1. **At the bound** a comparison with an interval should err in at most \
    2.5 of 100 runs on either side; a bare one errs in half of them one way and in half the other. By chance alone a rate of \
    2.5 %% comes out as up to 4.3 %% of 300 runs, 5 %% of 150 and 6.1 %% of 75. **Found** is the smallest true effect that is \
    refuted in 95 of 100 runs.

    %s
    What it comes to: a bare comparison says what was seen in this run and always decides; a comparison with an interval seldom \
    claims what is not so, pays for it by being undecided near the bound, and finds effects that are so much further away. \
    A longer run moves that closer. Where neighbouring seconds are alike (their autocorrelation is 0.6 here, and stands in the \
    judgement), the interval of latencies is too narrow: at the bound it errs on one side in %s of the runs and not in 2.5 %%. \
    Nothing corrects that. Widen the bound then, or measure for longer.
    """
        .formatted(runs, table(lines), percent(worstWhereAlike(lines)));
  }

  private static double worstWhereAlike(List<Line> lines) {
    return lines.stream()
        .filter(line -> line.world().contains("likeness") && line.assertion().startsWith("ratio"))
        .map(line -> line.rates().get(AT_THE_BOUND))
        .mapToDouble(bound -> Math.max(bound.held(), bound.failed()))
        .max()
        .orElseThrow();
  }

  private static String table(List<Line> lines) {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | assertion | baseline and fault | false confirmed at the bound | false refuted at the bound | false refuted without effect | undecided without effect | found |
        |---|---|---|---|---|---|---|
        """);
    for (Line line : lines) {
      Rates without = line.rates().get(0);
      Rates bound = line.rates().get(AT_THE_BOUND);
      table.append(
          "| `%s` | %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  line.assertion(),
                  line.world(),
                  percent(bound.held()),
                  percent(bound.failed()),
                  percent(without.failed()),
                  percent(without.undecided()),
                  found(line)));
    }
    return table.toString();
  }

  private static String found(Line line) {
    Function<Double, String> unit =
        OF_SHARES.contains(line.assertion())
            ? loss -> String.format(Locale.ROOT, "%.1f %% lost", 100 * loss)
            : factor -> String.format(Locale.ROOT, "%.2f times", factor);
    return Double.isNaN(line.found())
        ? "beyond " + unit.apply(line.effects()[line.effects().length - 1])
        : unit.apply(line.found());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
