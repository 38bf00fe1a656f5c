package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a Kubernetes cluster that agents serve; part of the name of its command topic.
 *
 * @param value a DNS-1123 label: lower-case letters, digits and inner hyphens, at most 63
 */
public record ClusterName(@JsonValue String value) implements Comparable<ClusterName> {

  /**
   * @throws IllegalArgumentException when the value is no DNS-1123 label
   */
  @JsonCreator
  public ClusterName {
    Labels.check("ClusterName", value);
  }

  @Override
  public int compareTo(ClusterName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
