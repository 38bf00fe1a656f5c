package dev.greenstick.scheduler.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.greenstick.contracts.id.FaultId;
import java.time.Instant;
import java.util.Optional;

/** Where one branch of a step stands; branches go on side by side, each at its own action. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "at")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BranchState.Ordered.class, name = "ordered"),
  @JsonSubTypes.Type(value = BranchState.Live.class, name = "live"),
  @JsonSubTypes.Type(value = BranchState.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = BranchState.Done.class, name = "done")
})
public sealed interface BranchState {

  /** The fault of an action is ordered; whether it is live is not known. */
  record Ordered(int action, FaultId fault, Instant answerBy) implements BranchState {}

  /** The fault of an action is live. */
  record Live(int action, FaultId fault, Instant endBy) implements BranchState {}

  /** A delay. */
  record Waiting(int action, Instant until) implements BranchState {}

  /** Every action of the branch is carried out. */
  record Done() implements BranchState {}

  /** The fault that may be live now. */
  default Optional<FaultId> openFault() {
    return switch (this) {
      case Ordered ordered -> Optional.of(ordered.fault());
      case Live live -> Optional.of(live.fault());
      case Waiting _, Done _ -> Optional.empty();
    };
  }

  /** When the branch must be looked at. */
  default Optional<Instant> due() {
    return switch (this) {
      case Ordered ordered -> Optional.of(ordered.answerBy());
      case Live live -> Optional.of(live.endBy());
      case Waiting waiting -> Optional.of(waiting.until());
      case Done _ -> Optional.empty();
    };
  }
}
