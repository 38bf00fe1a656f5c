package dev.greenstick.contracts.run;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import java.util.Objects;

/**
 * A run has carried out its whole method and its recovery was watched.
 *
 * @param run the run
 */
@EventType("dev.greenstick.run.finished.v1")
public record RunFinished(RunRef run) implements RunEvent {

  public RunFinished {
    Objects.requireNonNull(run, "run");
  }

  @Override
  public String identity() {
    return "";
  }
}
