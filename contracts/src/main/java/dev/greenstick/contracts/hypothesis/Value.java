package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.verdict.Estimate;
import java.util.Objects;

/** What is known of a figure, in its unit: milliseconds, seconds, shares, counts. */
public sealed interface Value {

  /** It is this. */
  record Exact(double figure) implements Value {}

  /** It is greater than this, and by how much nobody saw. */
  record MoreThan(double bound) implements Value {}

  /**
   * It lies within the bounds of an estimate.
   *
   * @param low the least it may be; may be infinite
   * @param likeliest the estimate
   * @param high the most it may be; may be infinite
   * @param estimate what is told of it in the judgement
   */
  record Estimated(double low, double likeliest, double high, Estimate estimate) implements Value {

    public Estimated {
      Objects.requireNonNull(estimate, "estimate");
    }
  }

  /** It is not known, for this reason, in one phrase. */
  record Missing(String reason) implements Value {

    public Missing {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
