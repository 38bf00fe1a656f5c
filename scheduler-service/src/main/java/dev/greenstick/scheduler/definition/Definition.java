package dev.greenstick.scheduler.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import java.util.List;

/**
 * The last word on an experiment, as its topic has it.
 *
 * @param experiment the definition; null when the record could not be read
 * @param problems why it may not run; empty when it may
 * @param offset where it stands in its partition
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Definition(Experiment experiment, List<Problem> problems, long offset) {

  public Definition {
    problems = List.copyOf(problems);
    if (experiment == null && problems.isEmpty()) {
      throw new IllegalArgumentException("a definition without experiment has its reason");
    }
  }

  /** Whether it may run. */
  public boolean valid() {
    return problems.isEmpty();
  }
}
