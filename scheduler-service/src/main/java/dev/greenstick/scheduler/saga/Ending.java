package dev.greenstick.scheduler.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.greenstick.contracts.run.RunAborted;
import java.util.Objects;

/** How a run ends. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ending.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Ending.Aborted.class, name = "aborted"),
  @JsonSubTypes.Type(value = Ending.Skipped.class, name = "skipped")
})
public sealed interface Ending {

  /** The whole method was carried out and its recovery watched. */
  record Finished() implements Ending {}

  /**
   * It ended before that.
   *
   * @param cause what kind of reason
   * @param reason the reason in one sentence
   */
  record Aborted(RunAborted.Cause cause, String reason) implements Ending {

    public Aborted {
      Objects.requireNonNull(cause, "cause");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * It never began.
   *
   * @param reason why not
   */
  record Skipped(String reason) implements Ending {

    public Skipped {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
