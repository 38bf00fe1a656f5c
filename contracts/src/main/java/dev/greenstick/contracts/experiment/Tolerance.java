package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;

/**
 * How an output is held against what is right. Numbers are equal when they differ by no more than
 * {@code absolute}, or than {@code relative} times the larger magnitude; without either, whole
 * numbers must be equal and others may differ by {@value #DEFAULT_RELATIVE} relative. An infinity
 * equals itself alone.
 *
 * @param absolute by how much numbers may differ; null for 0
 * @param relative by what share of the larger magnitude; null for {@value #DEFAULT_RELATIVE}, or
 *     for 0 where {@code absolute} is there
 * @param nan whether NaN equals NaN; null for {@link Nan#UNEQUAL}
 * @param text how text is compared; null for {@link Text#EQUAL}
 * @param label whether whole numbers of this output are counted as labels, as texts always are;
 *     null for no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tolerance(
    @MayBeMissing Double absolute,
    @MayBeMissing Double relative,
    @MayBeMissing Nan nan,
    @MayBeMissing Text text,
    @MayBeMissing Boolean label) {

  /** The relative tolerance of numbers that are not whole, where nothing is said. */
  public static final double DEFAULT_RELATIVE = 1e-6;

  /** Nothing is said. */
  public static final Tolerance DEFAULT = new Tolerance(null, null, null, null, null);

  /** What NaN is. */
  public enum Nan {
    /** NaN where NaN is expected is right; as text it is written {@code "NaN"}. */
    @JsonProperty("equal")
    EQUAL,
    /** NaN is never right, as IEEE 754 has it. */
    @JsonProperty("unequal")
    UNEQUAL
  }

  /** How text is compared. */
  public enum Text {
    /** Character by character. */
    @JsonProperty("equal")
    EQUAL,
    /** What is expected stands somewhere in it. */
    @JsonProperty("contains")
    CONTAINS,
    /** What is expected is a regular expression of RE2's syntax that finds something in it. */
    @JsonProperty("pattern")
    PATTERN
  }
}
