package dev.greenstick.contracts.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ProbeName;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The probes of a run asked for the last time; every window is emitted.
 *
 * @param run the run
 * @param finishedAt the end of the last window
 * @param windows how many windows each probe has: indices from 0 to one less
 * @param cause why now
 * @param alerts whether alerts were watched all the time; null when nobody was asked for alerts
 */
@EventType("dev.greenstick.probe.finished.v1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeFinished(
    RunRef run,
    Instant finishedAt,
    Map<ProbeName, Integer> windows,
    Cause cause,
    @MayBeMissing AlertWatch alerts)
    implements HealthEvent {

  /** Of probes that were not asked to watch alerts. */
  public ProbeFinished(
      RunRef run, Instant finishedAt, Map<ProbeName, Integer> windows, Cause cause) {
    this(run, finishedAt, windows, cause, null);
  }

  public ProbeFinished {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(finishedAt, "finishedAt");
    windows = Map.copyOf(windows);
    Objects.requireNonNull(cause, "cause");
  }

  @Override
  public String identity() {
    return "";
  }

  /** Why probes end. */
  public enum Cause {
    /** A {@code probe.stop} command said so. */
    @JsonProperty("commanded")
    COMMANDED,
    /** Its longest time was over. */
    @JsonProperty("longest-elapsed")
    LONGEST_ELAPSED,
    /** The probe service is shutting down. */
    @JsonProperty("shutdown")
    SHUTDOWN
  }
}
