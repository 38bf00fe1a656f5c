package dev.greenstick.probe.command;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.ProbeStart;
import java.util.List;

/** What is to be done about a command. */
public sealed interface Decision {

  /** Begin the run's probes. */
  record Start(ProbeStart command) implements Decision {}

  /** Finish the windows that were begun. */
  record Stop(RunRef run) implements Decision {}

  /**
   * Tell that the run's probes were not started.
   *
   * @param problems every reason at once; at least one
   */
  record Refuse(RunRef run, List<Problem> problems) implements Decision {

    public Refuse {
      problems = List.copyOf(problems);
    }
  }

  /** Do nothing: it was done already, or is not for probes. */
  record Ignore(String because) implements Decision {}

  /** Do nothing and say so loudly: what was done for this run contradicts it. */
  record Conflict(RunRef run, String because) implements Decision {}
}
