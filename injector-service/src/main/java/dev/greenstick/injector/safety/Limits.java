package dev.greenstick.injector.safety;

import dev.greenstick.contracts.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How much faults may do within the fence.
 *
 * @param mostFaults how many faults may be at work at once; at least 1
 * @param mostDownPercent how much of a workload may be down at once, whatever took it down; 1 to
 *     100
 * @param leastReady how many pods of a workload stay ready; 0 allows that none does
 * @param protectedLabels pods with any of these are never touched
 * @param optIn the label that pods or their namespaces must have; empty when none is needed
 */
public record Limits(
    int mostFaults,
    int mostDownPercent,
    int leastReady,
    List<LabelRule> protectedLabels,
    Optional<LabelRule> optIn) {

  private static final int HUNDRED = 100;

  /** What limits nothing. */
  public static final Limits NONE =
      new Limits(Integer.MAX_VALUE, HUNDRED, 0, List.of(), Optional.empty());

  public Limits {
    if (mostFaults < 1) {
      throw new IllegalArgumentException(
          "greenstick.injector.most-faults must be at least 1, but is: " + mostFaults);
    }
    if (mostDownPercent < 1 || mostDownPercent > HUNDRED) {
      throw new IllegalArgumentException(
          "greenstick.injector.most-down-percent must be from 1 to 100, but is: "
              + mostDownPercent);
    }
    if (leastReady < 0) {
      throw new IllegalArgumentException(
          "greenstick.injector.least-ready must not be negative, but is: " + leastReady);
    }
    protectedLabels = List.copyOf(protectedLabels);
    Objects.requireNonNull(optIn, "optIn");
  }

  /** Whether it matters how much of a workload is down. */
  public boolean limitsWorkloads() {
    return mostDownPercent < HUNDRED || leastReady > 0;
  }

  /** Whether one more fault is too many; {@code atWork} are at work already. */
  public List<Problem> tooMany(int atWork) {
    return atWork < mostFaults
        ? List.of()
        : List.of(
            new Problem(
                "",
                "%d faults are at work on this cluster, and greenstick.injector.most-faults allows %d: wait for one to end"
                    .formatted(atWork, mostFaults)));
  }

  /**
   * What is wrong with what is left of a workload.
   *
   * @param others what faults that are at work do
   * @param fault what this one would do
   */
  public List<Problem> problems(Workload workload, Collection<Reach> others, Reach fault) {
    List<Reach> all = new ArrayList<>(others);
    all.add(fault);
    int before = workload.left(others);
    int left = workload.left(all);
    int down = Math.max(0, workload.wanted() - left);
    int mostDown = (int) ((long) workload.wanted() * mostDownPercent / HUNDRED);
    String what =
        "would leave %d of %d pods of %s ready (%d are ready before)"
            .formatted(left, workload.wanted(), workload.name(), before);
    List<Problem> problems = new ArrayList<>();
    if (down > mostDown) {
      problems.add(
          new Problem(
              "",
              "%s, and greenstick.injector.most-down-percent=%d allows %d to be down at once"
                  .formatted(what, mostDownPercent, mostDown)));
    }
    if (left < leastReady) {
      problems.add(
          new Problem(
              "",
              "%s, and greenstick.injector.least-ready=%d are to stay"
                  .formatted(what, leastReady)));
    }
    return problems;
  }
}
