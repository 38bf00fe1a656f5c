package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of an experiment, unique within one Greenstick installation.
 *
 * @param value a DNS-1123 label: lower-case letters, digits and inner hyphens, at most 63
 */
public record ExperimentName(@JsonValue String value) implements Comparable<ExperimentName> {

  /**
   * @throws IllegalArgumentException when the value is no DNS-1123 label
   */
  @JsonCreator
  public ExperimentName {
    Labels.check("ExperimentName", value);
  }

  @Override
  public int compareTo(ExperimentName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
