package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One fault of one run: it outlives the command that ordered it. */
public record FaultId(@JsonValue UUID value) implements Comparable<FaultId> {

  public FaultId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads the canonical form.
   *
   * @throws IllegalArgumentException when the text is no UUID of 36 characters
   */
  @JsonCreator
  public static FaultId parse(String text) {
    return new FaultId(Derived.parse("FaultId", text));
  }

  /** The fault that an action of a step applies; branch and action count from 0. */
  public static FaultId of(RunId run, StepName step, int branch, int action) {
    return new FaultId(
        Derived.uuid(
            "fault", run.toString(), step.value(), String.valueOf(branch), String.valueOf(action)));
  }

  @Override
  public int compareTo(FaultId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
