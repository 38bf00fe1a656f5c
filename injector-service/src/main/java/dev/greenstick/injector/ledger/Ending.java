package dev.greenstick.injector.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import java.util.Objects;

/** Why a fault is being undone; decides which event is its end. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ending")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ending.Revert.class, name = "revert"),
  @JsonSubTypes.Type(value = Ending.Failure.class, name = "failure")
})
public sealed interface Ending {

  /** Why, in one sentence. Never null. */
  String reason();

  /**
   * It is over.
   *
   * @param cause why now
   * @param reason the cause in one sentence
   */
  record Revert(Cause cause, String reason) implements Ending {

    public Revert {
      Objects.requireNonNull(cause, "cause");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Injecting it failed half way.
   *
   * @param reason what failed
   */
  record Failure(String reason) implements Ending {

    public Failure {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
