package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides on runs that are due. Every refusal is an event with its reason. */
public final class Admission {

  private final SortedSet<ClusterName> clusters;
  private final Duration startingDeadline;

  /**
   * @param clusters those that have a command topic; a run on another is refused, because ordering
   *     it would block all others
   * @param startingDeadline how late a run may begin: what was due while nobody was there to start
   *     it must not surprise anybody later
   * @throws IllegalArgumentException when there is no cluster or the deadline is not positive
   */
  public Admission(Collection<ClusterName> clusters, Duration startingDeadline) {
    this.clusters = new TreeSet<>(clusters);
    this.startingDeadline = startingDeadline;
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("the scheduler needs at least one cluster");
    }
    if (!startingDeadline.isPositive()) {
      throw new IllegalArgumentException(
          "starting-deadline must be positive, but is: " + startingDeadline);
    }
  }

  /** What is said of a run that is due; empty when everything is said already. */
  public Optional<RunEvent> decide(Notice.Due due, Standing standing, Instant now) {
    if (standing.decided()) {
      return Optional.empty();
    }
    return Optional.of(
        refusal(due, standing, now)
            .<RunEvent>map(reason -> new RunSkipped(due.run(), due.scheduledFor(), reason))
            .orElseGet(
                () ->
                    new RunPlanned(
                        due.run(), due.scheduledFor(), due.trigger(), due.experiment())));
  }

  private Optional<String> refusal(Notice.Due due, Standing standing, Instant now) {
    if (standing.halted().isPresent()) {
      Halt halt = standing.halted().get();
      return Optional.of(
          halt.scope()
              + " is halted by "
              + halt.by()
              + ": "
              + halt.reason()
              + "; lift the halt, then run it again");
    }
    if (!due.problems().isEmpty()) {
      return Optional.of(
          "the definition of experiment "
              + due.run().experiment()
              + " is not valid: "
              + due.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
    if (!clusters.contains(due.run().cluster())) {
      return Optional.of(
          "cluster "
              + due.run().cluster()
              + " is not served by this scheduler, which knows "
              + clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "))
              + " (setting greenstick.scheduler.clusters)");
    }
    Duration late = Duration.between(due.scheduledFor(), now);
    if (late.compareTo(startingDeadline) > 0) {
      return Optional.of(
          "the run was due "
              + GoDuration.format(Duration.ofSeconds(late.toSeconds()))
              + " ago, and may begin at most "
              + GoDuration.format(startingDeadline)
              + " late");
    }
    return standing
        .going()
        .map(
            run ->
                "run "
                    + run
                    + " of experiment "
                    + due.run().experiment()
                    + " on cluster "
                    + due.run().cluster()
                    + " is still going on");
  }
}
