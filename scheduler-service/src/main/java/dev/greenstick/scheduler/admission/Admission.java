package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Schedule.ConcurrencyPolicy;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.RunId;
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

  /** What becomes of a run that is due at {@code now}. */
  public Ruling decide(Notice.Due due, Standing standing, Instant now) {
    if (standing.decided()) {
      return new Ruling.Known();
    }
    Optional<String> refusal = refusal(due, standing, now);
    if (refusal.isPresent()) {
      return skipped(due, refusal.get());
    }
    if (standing.going().isEmpty()) {
      return planned(due);
    }
    return switch (policy(due)) {
      case FORBID -> skipped(due, overlap(due, standing.going().get()));
      case ALLOW -> planned(due);
      case REPLACE -> new Ruling.Succeed();
    };
  }

  /** A run that somebody asked for does not push another aside, nor does it run beside it. */
  private static ConcurrencyPolicy policy(Notice.Due due) {
    return due.schedule() == null ? ConcurrencyPolicy.FORBID : due.schedule().concurrencyPolicy();
  }

  private static Ruling planned(Notice.Due due) {
    return new Ruling.Say(
        new RunPlanned(due.run(), due.scheduledFor(), due.trigger(), due.experiment()));
  }

  private static Ruling skipped(Notice.Due due, String reason) {
    return new Ruling.Say(new RunSkipped(due.run(), due.scheduledFor(), reason));
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
    Duration deadline = deadline(due);
    if (late.compareTo(deadline) > 0) {
      return Optional.of(
          "the run was due "
              + GoDuration.format(Duration.ofSeconds(late.toSeconds()))
              + " ago, and may begin at most "
              + GoDuration.format(deadline)
              + " late");
    }
    return Optional.empty();
  }

  private Duration deadline(Notice.Due due) {
    return due.schedule() == null || due.schedule().startingDeadline() == null
        ? startingDeadline
        : due.schedule().startingDeadline();
  }

  private static String overlap(Notice.Due due, RunId going) {
    return "run "
        + going
        + " of experiment "
        + due.run().experiment()
        + " on cluster "
        + due.run().cluster()
        + " is still going on";
  }
}
