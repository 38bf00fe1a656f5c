package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * When predictions are intended, where they are not evenly spaced; one of these is there. Whatever
 * it is, it is known before the first prediction is sent, and nothing that a server does shifts it.
 *
 * @param poisson at random, independently of each other, with the probe's rate on average
 * @param ramp from the probe's rate to another one
 * @param steps one rate after another; the last one goes on
 * @param replay at recorded instants
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Arrivals(
    @MayBeMissing Poisson poisson,
    @MayBeMissing Ramp ramp,
    @MayBeMissing List<Step> steps,
    @MayBeMissing Replay replay) {

  public Arrivals {
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** Arrivals at random. */
  public static Arrivals of(Poisson poisson) {
    return new Arrivals(poisson, null, List.of(), null);
  }

  /** Arrivals whose rate changes evenly. */
  public static Arrivals of(Ramp ramp) {
    return new Arrivals(null, ramp, List.of(), null);
  }

  /** Arrivals whose rate changes at once. */
  public static Arrivals of(List<Step> steps) {
    return new Arrivals(null, null, steps, null);
  }

  /** Arrivals that were recorded. */
  public static Arrivals of(Replay replay) {
    return new Arrivals(null, null, List.of(), replay);
  }

  /**
   * A Poisson process.
   *
   * @param seed the same seed gives the same instants
   */
  public record Poisson(@MayBeMissing long seed) {}

  /**
   * A rate that changes evenly and then stays.
   *
   * @param to the rate at the end, predictions a second; positive
   * @param over how long it takes, from the run's start
   */
  public record Ramp(double to, Duration over) {

    public Ramp {
      Objects.requireNonNull(over, "over");
    }
  }

  /**
   * One rate for a while.
   *
   * @param rate predictions a second; positive
   * @param duration how long
   */
  public record Step(double rate, Duration duration) {

    public Step {
      Objects.requireNonNull(duration, "duration");
    }
  }

  /**
   * Recorded arrival times.
   *
   * @param offsets when, from the run's start, in order; empty where a file has them
   * @param file a file beneath the probe's directory of inputs, one offset in seconds a line; null
   *     where they stand here
   * @param repeat whether it begins anew after its last one, one mean interval later
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Replay(
      @MayBeMissing List<Duration> offsets,
      @MayBeMissing String file,
      @MayBeMissing boolean repeat) {

    public Replay {
      offsets = offsets == null ? List.of() : List.copyOf(offsets);
    }
  }
}
