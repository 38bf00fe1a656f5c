package dev.greenstick.verdict.statistics;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How far two distributions of labels are from each other, as counted. */
public final class Labels {

  /** What is added to each count so that one that is 0 has a logarithm (Jeffreys' prior). */
  private static final double PRIOR = 0.5;

  private Labels() {}

  /**
   * The population stability index: 0 when alike; by a rule of thumb of credit scoring below 0.1 is
   * no shift worth the name, above 0.25 a great one. Half a prediction is added to every label on
   * both sides.
   *
   * @param one counts by label; at least one above 0
   * @param other likewise
   */
  public static double populationStability(Map<String, Long> one, Map<String, Long> other) {
    Set<String> labels = labels(one, other);
    double ones = total(one) + PRIOR * labels.size();
    double others = total(other) + PRIOR * labels.size();
    double sum = 0;
    for (String label : labels) {
      double p = (one.getOrDefault(label, 0L) + PRIOR) / ones;
      double q = (other.getOrDefault(label, 0L) + PRIOR) / others;
      sum += (p - q) * Math.log(p / q);
    }
    return sum;
  }

  /** The Jensen-Shannon divergence in bits: 0 when alike, 1 when no label is shared (Lin 1991). */
  public static double jensenShannon(Map<String, Long> one, Map<String, Long> other) {
    double ones = total(one);
    double others = total(other);
    double sum = 0;
    for (String label : labels(one, other)) {
      double p = one.getOrDefault(label, 0L) / ones;
      double q = other.getOrDefault(label, 0L) / others;
      double middle = (p + q) / 2;
      sum += (part(p, middle) + part(q, middle)) / 2;
    }
    return Math.clamp(sum, 0, 1);
  }

  private static double part(double p, double middle) {
    return p == 0 ? 0 : p * Math.log(p / middle) / Math.log(2);
  }

  private static double total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In one order, so that sums are the same wherever they are made. */
  private static Set<String> labels(Map<String, Long> one, Map<String, Long> other) {
    Set<String> labels = new TreeSet<>(one.keySet());
    labels.addAll(other.keySet());
    return labels;
  }
}
