package dev.greenstick.injector.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a fault has come. Each state says which events must have reached Kafka before the entry
 * may be forgotten: the ledger is the outbox.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = State.Barred.class, name = "barred"),
  @JsonSubTypes.Type(value = State.Intended.class, name = "intended"),
  @JsonSubTypes.Type(value = State.Live.class, name = "live"),
  @JsonSubTypes.Type(value = State.Undoing.class, name = "undoing"),
  @JsonSubTypes.Type(value = State.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = State.Closed.class, name = "closed")
})
public sealed interface State {

  /** Events to emit, in this order. */
  default List<FaultEvent> outbox() {
    return List.of();
  }

  /** Whom the fault may hold; empty when it holds nobody any more, or never did. */
  default Optional<List<Victim>> mayHold() {
    return Optional.empty();
  }

  /**
   * Reverted before it was injected: an inject command that still comes is refused.
   *
   * @param reason why it was reverted
   * @param at when
   */
  record Barred(String reason, Instant at) implements State {

    public Barred {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * Recorded, and perhaps begun: any of the victims may have been touched.
   *
   * @param plan what is going to be done
   */
  record Intended(Plan plan) implements State {

    public Intended {
      Objects.requireNonNull(plan, "plan");
    }

    @Override
    public Optional<List<Victim>> mayHold() {
      return Optional.of(plan.victims());
    }

    /** The API server took it for every victim that was still there. */
    public Live applied(FaultInjected injected) {
      return new Live(plan, injected);
    }

    /**
     * It is undone before it was complete.
     *
     * @param touched the pods that may have been touched
     */
    public Undoing undoing(Ending why, List<PodRef> touched) {
      return new Undoing(plan.victimsIn(touched), null, why);
    }
  }

  /**
   * The fault holds.
   *
   * @param plan what was to be done
   * @param injected the event that says what was done
   */
  record Live(Plan plan, FaultInjected injected) implements State {

    public Live {
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(injected, "injected");
    }

    @Override
    public Optional<List<Victim>> mayHold() {
      return Optional.of(plan.victims());
    }

    /** It is to end. */
    public Undoing undoing(Ending why) {
      return new Undoing(plan.victimsIn(injected.pods()), injected, why);
    }

    @Override
    public List<FaultEvent> outbox() {
      return List.of(injected);
    }
  }

  /**
   * Being undone: any of the victims may still be held.
   *
   * @param victims the pods to undo
   * @param injected the event that it had become complete; null when it had not
   * @param why the reason, which stays the same however often undoing is tried
   */
  record Undoing(List<Victim> victims, FaultInjected injected, Ending why) implements State {

    public Undoing {
      victims = List.copyOf(victims);
      Objects.requireNonNull(why, "why");
    }

    @Override
    public Optional<List<Victim>> mayHold() {
      return Optional.of(victims);
    }

    /** Everything is undone. */
    public Ended ended(FaultEvent end) {
      return new Ended(injected, end);
    }

    @Override
    public List<FaultEvent> outbox() {
      return injected == null ? List.of() : List.of(injected);
    }
  }

  /**
   * Nothing is held any more; the end has not reached Kafka yet.
   *
   * @param injected the event that it had become complete; null when it had not
   * @param end the fault's one terminal event
   */
  record Ended(FaultInjected injected, FaultEvent end) implements State {

    public Ended {
      if (!isEnd(Objects.requireNonNull(end, "end"))) {
        throw new IllegalArgumentException(Objects.toString(end.getClass()) + " ends no fault");
      }
    }

    /** Kafka has acknowledged the end. */
    public Closed told(Instant at) {
      return new Closed(end.getClass().getSimpleName(), at);
    }

    @Override
    public List<FaultEvent> outbox() {
      return injected == null ? List.of(end) : List.of(injected, end);
    }

    private static boolean isEnd(FaultEvent event) {
      return switch (event) {
        case FaultReverted reverted -> true;
        case FaultRefused refused -> true;
        case FaultFailed failed -> true;
        case FaultRehearsed rehearsed -> true;
        case FaultInjected injected -> false;
        case FaultConflicted conflicted -> false;
      };
    }
  }

  /**
   * Over and told; kept for a while so that a second delivery of its command is known as one.
   *
   * @param outcome which event was its end
   * @param at when Kafka acknowledged it
   */
  record Closed(String outcome, Instant at) implements State {

    public Closed {
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(at, "at");
    }
  }
}
