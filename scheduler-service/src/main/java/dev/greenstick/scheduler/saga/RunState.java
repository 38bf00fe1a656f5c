package dev.greenstick.scheduler.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.greenstick.contracts.run.RunPlanned;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a run stands. Each state has a method for every transition that it allows, and for no
 * other.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Unplanned.class, name = "unplanned"),
  @JsonSubTypes.Type(value = Starting.class, name = "starting"),
  @JsonSubTypes.Type(value = Baselining.class, name = "baseline"),
  @JsonSubTypes.Type(value = InStep.class, name = "step"),
  @JsonSubTypes.Type(value = Recovering.class, name = "recovery"),
  @JsonSubTypes.Type(value = Reverting.class, name = "reverting"),
  @JsonSubTypes.Type(value = Stopping.class, name = "stopping"),
  @JsonSubTypes.Type(value = Ended.class, name = "ended")
})
public sealed interface RunState permits Unplanned, RunState.UnderWay, Ended {

  /** When this state must have a {@link Signal.Tick} unless something else ends it before. */
  Optional<Instant> wakeUp();

  /** A run that has begun and not ended. */
  sealed interface UnderWay extends RunState
      permits Starting, Baselining, InStep, Recovering, Reverting, Stopping {

    /** What it carries out. */
    RunPlanned plan();
  }
}
