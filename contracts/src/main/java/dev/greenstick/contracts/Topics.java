package dev.greenstick.contracts;

import dev.greenstick.contracts.Topic.Cleanup;
import dev.greenstick.contracts.Topic.Key;
import dev.greenstick.contracts.Topic.Owner;
import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.experiment.ExperimentEvent;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.request.Request;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.verdict.VerdictEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Every topic of Greenstick. Topic names stand here and nowhere else. */
public final class Topics {

  /**
   * Partitions of every topic that is keyed by run or experiment: they are read together, partition
   * by partition.
   */
  public static final int PARTITIONS = 4;

  /** What users want run: one definition an experiment, the latest; a tombstone deletes it. */
  public static final Topic<ExperimentEvent> EXPERIMENTS =
      new Topic<>(
          "greenstick.experiments",
          Key.EXPERIMENT,
          ExperimentEvent.class,
          Owner.SCHEDULER,
          PARTITIONS,
          Cleanup.COMPACT);

  /** What users ask of the scheduler now: run this, abort that; with who asked. */
  public static final Topic<Request> REQUESTS =
      new Topic<>(
          "greenstick.requests",
          Key.EXPERIMENT_OR_RUN,
          Request.class,
          Owner.SCHEDULER,
          PARTITIONS,
          Cleanup.KEEP);

  /** The life of every run, from planned to its end. */
  public static final Topic<RunEvent> RUNS =
      new Topic<>(
          "greenstick.runs", Key.RUN, RunEvent.class, Owner.SCHEDULER, PARTITIONS, Cleanup.KEEP);

  /** What was done to clusters, and that it was undone. */
  public static final Topic<FaultEvent> FAULTS =
      new Topic<>(
          "greenstick.faults", Key.RUN, FaultEvent.class, Owner.INJECTOR, PARTITIONS, Cleanup.KEEP);

  /** What was seen meanwhile: predictions, pods, alerts. */
  public static final Topic<HealthEvent> HEALTH =
      new Topic<>(
          "greenstick.health", Key.RUN, HealthEvent.class, Owner.PROBE, PARTITIONS, Cleanup.KEEP);

  /** What it means. */
  public static final Topic<VerdictEvent> VERDICTS =
      new Topic<>(
          "greenstick.verdicts",
          Key.RUN,
          VerdictEvent.class,
          Owner.VERDICT,
          PARTITIONS,
          Cleanup.KEEP);

  /** Who is there to carry out commands: the last heartbeat of each agent. */
  public static final Topic<AgentEvent> AGENTS =
      new Topic<>(
          "greenstick.agents", Key.AGENT, AgentEvent.class, Owner.AGENTS, 1, Cleanup.COMPACT);

  /** The kill switch: the last word on each scope. */
  public static final Topic<HaltEvent> HALTS =
      new Topic<>(
          "greenstick.halts", Key.SCOPE, HaltEvent.class, Owner.SCHEDULER, 1, Cleanup.COMPACT);

  /**
   * Records that somebody could not read, untouched; see {@link
   * dev.greenstick.contracts.wire.DeadLetter}.
   */
  public static final String DEAD_LETTERS = "greenstick.dead-letters";

  /** Partitions of {@link #DEAD_LETTERS}. */
  public static final int DEAD_LETTER_PARTITIONS = 1;

  private static final String COMMANDS = "greenstick.commands.";

  private Topics() {}

  /** The orders for one cluster's agents, which alone may read them. */
  public static Topic<Command> commands(ClusterName cluster) {
    return new Topic<>(
        COMMANDS + cluster.value(),
        Key.RUN,
        Command.class,
        Owner.SCHEDULER,
        PARTITIONS,
        Cleanup.KEEP);
  }

  /** Every topic of events that exists for these clusters; {@link #DEAD_LETTERS} comes on top. */
  public static List<Topic<?>> all(Collection<ClusterName> clusters) {
    List<Topic<?>> topics =
        new ArrayList<>(
            List.of(EXPERIMENTS, REQUESTS, RUNS, FAULTS, HEALTH, VERDICTS, AGENTS, HALTS));
    clusters.forEach(cluster -> topics.add(commands(cluster)));
    return List.copyOf(topics);
  }
}
