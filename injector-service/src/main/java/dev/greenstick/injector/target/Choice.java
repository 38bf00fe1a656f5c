package dev.greenstick.injector.target;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.RunId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Chooses a fault's victims among its candidates: how many by Chaos Mesh's modes, who by a seed.
 */
public final class Choice {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Choice() {}

  /** The seed of everything random about a fault: the same run and fault choose alike again. */
  public static long seed(RunId run, FaultId fault) {
    long ofFault = fault.value().getMostSignificantBits() ^ fault.value().getLeastSignificantBits();
    return run.seed() * 31 + ofFault;
  }

  /**
   * The chosen candidates, in the candidates' order; at least one when there is a candidate.
   *
   * @param value the mode's number; what {@link #problem} finds nothing wrong with
   */
  public static <T> List<T> choose(Mode mode, String value, List<T> candidates, long seed) {
    // java.util.Random, because its sequence is specified: a replay on another JDK chooses alike.
    Random random = new Random(seed);
    int count = count(mode, value, candidates.size(), random);
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      indices.add(i);
    }
    for (int i = 0; i < count; i++) {
      Collections.swap(indices, i, i + random.nextInt(indices.size() - i));
    }
    return indices.subList(0, count).stream().sorted().map(candidates::get).toList();
  }

  /** How many of n candidates a mode chooses. */
  static int count(Mode mode, String value, int n, Random random) {
    if (n == 0) {
      return 0;
    }
    return switch (mode) {
      case ONE -> 1;
      case ALL -> n;
      case FIXED -> new BigDecimal(value).min(BigDecimal.valueOf(n)).intValueExact();
      case FIXED_PERCENT -> ofPercent(new BigDecimal(value), n);
      case RANDOM_MAX_PERCENT ->
          Math.max(1, ofPercent(BigDecimal.valueOf(random.nextInt(wholePercent(value) + 1)), n));
    };
  }

  /** How many of n candidates a mode chooses at most. */
  public static int most(Mode mode, String value, int n) {
    return switch (mode) {
      case ONE, ALL, FIXED, FIXED_PERCENT -> count(mode, value, n, new Random(0));
      case RANDOM_MAX_PERCENT -> ofPercent(new BigDecimal(value), n);
    };
  }

  /** What is wrong with a mode's number; empty when nothing is. */
  public static Optional<Problem> problem(Mode mode, String value) {
    return switch (mode) {
      case ONE, ALL -> Optional.empty();
      case FIXED ->
          isBetween(value, BigDecimal.valueOf(Integer.MAX_VALUE)) && number(value).scale() <= 0
              ? Optional.empty()
              : Optional.of(
                  new Problem("value", "must be a whole number above 0, but is: " + value));
      case FIXED_PERCENT, RANDOM_MAX_PERCENT ->
          isBetween(value, HUNDRED)
              ? Optional.empty()
              : Optional.of(
                  new Problem("value", "must be a percentage above 0 up to 100, but is: " + value));
    };
  }

  private static int wholePercent(String value) {
    return new BigDecimal(value).intValue();
  }

  private static int ofPercent(BigDecimal percent, int n) {
    return percent
        .multiply(BigDecimal.valueOf(n))
        .divide(HUNDRED, 0, RoundingMode.CEILING)
        .intValueExact();
  }

  private static boolean isBetween(String value, BigDecimal most) {
    BigDecimal number = number(value);
    return number != null && number.signum() > 0 && number.compareTo(most) <= 0;
  }

  private static BigDecimal number(String value) {
    try {
      return value == null ? null : new BigDecimal(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
