package dev.greenstick.verdict.trial;

import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often an assertion came out in which way.
 *
 * @param held share of the runs
 * @param failed share of the runs
 * @param runs how many runs
 */
public record Rates(double held, double failed, int runs) {

  /** Share of the runs in which it was undecided. */
  public double undecided() {
    return 1 - held - failed;
  }

  /**
   * One for each assertion, all of them judged on the same runs.
   *
   * @param seed of the first run; the others follow it
   */
  public static List<Rates> of(World world, List<String> assertions, int runs, long seed) {
    List<List<Outcome>> outcomes =
        IntStream.range(0, runs)
            .parallel()
            .mapToObj(i -> world.judged(assertions, seed + i))
            .toList();
    List<Rates> rates = new ArrayList<>();
    for (int i = 0; i < assertions.size(); i++) {
      int at = i;
      rates.add(
          new Rates(share(outcomes, at, Outcome.HELD), share(outcomes, at, Outcome.FAILED), runs));
    }
    return rates;
  }

  private static double share(List<List<Outcome>> outcomes, int at, Outcome outcome) {
    return (double) outcomes.stream().filter(run -> run.get(at) == outcome).count()
        / outcomes.size();
  }
}
