package dev.greenstick.contracts.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
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
 */
@EventType("dev.greenstick.probe.finished.v1")
public record ProbeFinished(
    RunRef run, Instant finishedAt, Map<ProbeName, Integer> windows, Cause cause)
    implements HealthEvent {

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
