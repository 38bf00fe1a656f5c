package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** One run of one experiment on one cluster. */
public record RunId(@JsonValue UUID value) implements Comparable<RunId> {

  public RunId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads the canonical form.
   *
   * @throws IllegalArgumentException when the text is no UUID of 36 characters
   */
  @JsonCreator
  public static RunId parse(String text) {
    return new RunId(Derived.parse("RunId", text));
  }

  /**
   * The run that an experiment has on a cluster for a scheduled instant: the same arguments give
   * the same run.
   */
  public static RunId of(ExperimentName experiment, ClusterName cluster, Instant scheduledFor) {
    return new RunId(
        Derived.uuid("run", experiment.value(), cluster.value(), scheduledFor.toString()));
  }

  /** The seed of every random choice made for this run, so that a replay chooses alike. */
  public long seed() {
    return value.getMostSignificantBits() ^ value.getLeastSignificantBits();
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
