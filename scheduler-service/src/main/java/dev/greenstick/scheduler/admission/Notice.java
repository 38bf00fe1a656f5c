package dev.greenstick.scheduler.admission;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What admission is told: this run is due, that one is over. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "notice")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Notice.Due.class, name = "due"),
  @JsonSubTypes.Type(value = Notice.Over.class, name = "over")
})
public sealed interface Notice {

  /** The run it is about. */
  RunRef run();

  /**
   * A run is due.
   *
   * @param run the run
   * @param scheduledFor when it was due
   * @param trigger what made it due
   * @param experiment the definition as it was when the run became due
   * @param problems what is wrong with the definition; with any, it does not run
   * @param schedule what made it due; null when somebody asked for it
   */
  record Due(
      RunRef run,
      Instant scheduledFor,
      String trigger,
      Experiment experiment,
      List<Problem> problems,
      @JsonInclude(JsonInclude.Include.NON_NULL) Schedule schedule)
      implements Notice {

    public Due {
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(scheduledFor, "scheduledFor");
      Objects.requireNonNull(trigger, "trigger");
      Objects.requireNonNull(experiment, "experiment");
      problems = List.copyOf(problems);
    }
  }

  /** A run that was admitted has ended, one way or another. */
  record Over(RunRef run) implements Notice {

    public Over {
      Objects.requireNonNull(run, "run");
    }
  }
}
