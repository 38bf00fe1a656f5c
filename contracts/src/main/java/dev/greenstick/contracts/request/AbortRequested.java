package dev.greenstick.contracts.request;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import java.util.Objects;

/**
 * Somebody wants a run ended now and its faults reverted.
 *
 * @param run the run
 * @param by who asked
 * @param reason why, in their words
 */
@EventType("dev.greenstick.abort.requested.v1")
public record AbortRequested(RunRef run, String by, String reason) implements Request, RunData {

  public AbortRequested {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String identity() {
    return "";
  }
}
