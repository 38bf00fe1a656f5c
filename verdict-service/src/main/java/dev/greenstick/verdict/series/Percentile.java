package dev.greenstick.verdict.series;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A percentile as it was asked for.
 *
 * @param percent above 0, at most 100
 */
public record Percentile(BigDecimal percent) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int LONGEST_TEXT = 8;

  /**
   * @throws IllegalArgumentException when it is none
   */
  public Percentile {
    Objects.requireNonNull(percent, "percent");
    if (percent.signum() <= 0 || percent.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("must be above 0 and at most 100");
    }
  }

  /**
   * Reads, for example, {@code 99.9}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Percentile parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("must be above 0 and at most 100");
    }
    return new Percentile(new BigDecimal(text));
  }

  /** As answers name it, for example {@code p99.9}. */
  public String name() {
    return "p" + percent.stripTrailingZeros().toPlainString();
  }

  double value() {
    return percent.doubleValue();
  }
}
