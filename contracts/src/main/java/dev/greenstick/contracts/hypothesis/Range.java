package dev.greenstick.contracts.hypothesis;

/**
 * Numbers of which one is the true one: arithmetic that never leaves it out. What is no number, or
 * might be none, may be anything.
 *
 * @param low the least, included
 * @param at the likeliest; not a number when there is none
 * @param high the greatest, included
 */
record Range(double low, double at, double high) {

  private static final Range ANYTHING =
      new Range(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);

  static Range exactly(double number) {
    return of(number, number, number);
  }

  static Range of(double low, double at, double high) {
    return Double.isNaN(low) || Double.isNaN(high)
        ? new Range(ANYTHING.low, at, ANYTHING.high)
        : new Range(low, at, high);
  }

  /** Whether nothing at all is known of it, not even that it is a number. */
  boolean isAnything() {
    return low == ANYTHING.low && high == ANYTHING.high;
  }

  boolean isExact() {
    return low == high;
  }

  Range plus(Range other) {
    return of(low + other.low, at + other.at, high + other.high);
  }

  Range negated() {
    return of(-high, -at, -low);
  }

  Range times(Range other) {
    return spanned(
        at * other.at, low * other.low, low * other.high, high * other.low, high * other.high);
  }

  Range dividedBy(Range other) {
    double likeliest = at / other.at;
    if (!other.isExact() && other.low <= 0 && other.high >= 0) {
      return of(Double.NaN, likeliest, Double.NaN);
    }
    return spanned(
        likeliest, low / other.low, low / other.high, high / other.low, high / other.high);
  }

  /** The least range that holds both. */
  Range or(Range other) {
    return of(Math.min(low, other.low), Double.NaN, Math.max(high, other.high));
  }

  private static Range spanned(double at, double... corners) {
    double least = corners[0];
    double most = corners[0];
    for (double corner : corners) {
      // NaN wins in both, and then nothing is known.
      least = Math.min(least, corner);
      most = Math.max(most, corner);
    }
    return of(least, at, most);
  }
}
