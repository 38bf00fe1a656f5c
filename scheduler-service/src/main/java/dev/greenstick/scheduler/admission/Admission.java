package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.agent.AgentHeartbeat.Kind;
import dev.greenstick.contracts.experiment.Action;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.Schedule.ConcurrencyPolicy;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides on runs that are due. Every refusal is an event with its reason. */
public final class Admission {

  private final SortedSet<ClusterName> clusters;
  private final Duration startingDeadline;
  private final Duration silence;
  private final AtOnce atOnce;

  /**
   * @param clusters those that have a command topic; a run on another is refused, because ordering
   *     it would block all others
   * @param startingDeadline how late a run may begin: what was due while nobody was there to start
   *     it must not surprise anybody later
   * @param silence how long an agent may not be heard before it counts as gone
   * @param atOnce how many runs may go on at once
   * @throws IllegalArgumentException when there is no cluster or a duration is not positive
   */
  public Admission(
      Collection<ClusterName> clusters,
      Duration startingDeadline,
      Duration silence,
      AtOnce atOnce) {
    this.clusters = Collections.unmodifiableSortedSet(new TreeSet<>(clusters));
    this.startingDeadline = startingDeadline;
    this.silence = silence;
    this.atOnce = atOnce;
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("the scheduler needs at least one cluster");
    }
    if (!startingDeadline.isPositive()) {
      throw new IllegalArgumentException(
          "starting-deadline must be positive, but is: " + startingDeadline);
    }
    if (!silence.isPositive()) {
      throw new IllegalArgumentException("agent-silence must be positive, but is: " + silence);
    }
  }

  /** The clusters that are served, by name. */
  public SortedSet<ClusterName> clusters() {
    return clusters;
  }

  /** Whether a cluster with these agents can carry out a run. */
  public boolean isOnline(Collection<Agent> agents, Instant now) {
    return Stream.of(Kind.values())
        .allMatch(
            kind -> agents.stream().anyMatch(agent -> agent.kind() == kind && isHeard(agent, now)));
  }

  /** Whether an agent was heard lately. */
  public boolean isHeard(Agent agent, Instant now) {
    return !agent.heardAt().plus(silence).isBefore(now);
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
      return ifNotTooMany(due, standing);
    }
    return switch (policy(due)) {
      case FORBID -> skipped(due, overlap(due, standing.going().get()));
      case ALLOW -> ifNotTooMany(due, standing);
      case REPLACE -> new Ruling.Succeed();
    };
  }

  private Ruling ifNotTooMany(Notice.Due due, Standing standing) {
    return atOnce
        .tooMany(going(due), standing.everywhere())
        .map(reason -> skipped(due, reason))
        .orElseGet(() -> planned(due));
  }

  /** What goes on once the run is planned. */
  public static Going going(Notice.Due due) {
    return new Going(
        due.run(),
        due.experiment().spec().steps().stream()
            .flatMap(step -> step.branches().stream())
            .flatMap(branch -> branch.actions().stream())
            .flatMap(Admission::namespaces)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<String> namespaces(Action action) {
    return switch (action) {
      case Fault fault ->
          fault.selectors().stream()
              .flatMap(
                  selector ->
                      Stream.concat(
                          selector.namespaces().stream(), selector.pods().keySet().stream()));
      case Delay _ -> Stream.empty();
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
    return Stream.of(Kind.values())
        .map(kind -> offline(due.run().cluster(), kind, standing, now))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Why there is nobody of a kind to carry out a run, or nothing. */
  private Optional<String> offline(ClusterName cluster, Kind kind, Standing standing, Instant now) {
    Optional<Instant> heard =
        standing.agents().stream()
            .filter(agent -> agent.kind() == kind)
            .map(Agent::heardAt)
            .max(Comparator.naturalOrder());
    Instant silentSince =
        heard.filter(standing.listeningSince()::isBefore).orElse(standing.listeningSince());
    if (!silentSince.plus(silence).isBefore(now)) {
      return Optional.empty();
    }
    String what = kind.name().toLowerCase(Locale.ROOT);
    return Optional.of(
        "cluster "
            + cluster
            + " is offline: "
            + heard
                .map(
                    at ->
                        "its "
                            + what
                            + " was heard last "
                            + GoDuration.format(
                                Duration.ofSeconds(Duration.between(at, now).toSeconds()))
                            + " ago")
                .orElse("no " + what + " of it was ever heard")
            + "; GET /clusters shows who is there");
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
