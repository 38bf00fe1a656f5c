package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a step, unique within its experiment.
 *
 * @param value a DNS-1123 label: lower-case letters, digits and inner hyphens, at most 63
 */
public record StepName(@JsonValue String value) implements Comparable<StepName> {

  /**
   * @throws IllegalArgumentException when the value is no DNS-1123 label
   */
  @JsonCreator
  public StepName {
    Labels.check("StepName", value);
  }

  @Override
  public int compareTo(StepName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
