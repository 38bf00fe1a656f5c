package dev.greenstick.injector.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import java.util.Map;

/** An entry as a ConfigMap holds it: name, labels to find it by, and one text. */
public final class EntryText {

  /** The data key that holds the entry. */
  public static final String KEY = "entry";

  /** The label that tells what is still to be done from what is only remembered. */
  public static final String LEDGER = "greenstick.dev/ledger";

  /** A value of {@link #LEDGER}: the fault has not come to its end, or the end is not told. */
  public static final String OPEN = "open";

  /** A value of {@link #LEDGER}: nothing is left to do. */
  public static final String SETTLED = "settled";

  private static final ObjectMapper MAPPER =
      Json.mapper().copy().addMixIn(FaultEvent.class, TypedFaultEvent.class);

  private EntryText() {}

  /** The name of the ConfigMap of a fault. */
  public static String name(FaultId fault) {
    return "fault-" + fault;
  }

  /** The labels of an entry's ConfigMap. */
  public static Map<String, String> labels(Entry entry) {
    return Map.of(
        "app.kubernetes.io/managed-by",
        "greenstick-injector",
        "greenstick.dev/fault",
        entry.fault().toString(),
        "greenstick.dev/run",
        entry.run().id().toString(),
        "greenstick.dev/state",
        state(entry.state()),
        LEDGER,
        isSettled(entry.state()) ? SETTLED : OPEN);
  }

  /** The entry as JSON. */
  public static String write(Entry entry) {
    try {
      return MAPPER.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("entry of fault " + entry.fault() + " cannot be written", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Entry read(String text) {
    try {
      return MAPPER.readValue(text, Entry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no ledger entry: " + e.getOriginalMessage(), e);
    }
  }

  private static String state(State state) {
    return switch (state) {
      case State.Barred barred -> "barred";
      case State.Intended intended -> "intended";
      case State.Live live -> "live";
      case State.Undoing undoing -> "undoing";
      case State.Ended ended -> "ended";
      case State.Closed closed -> "closed";
    };
  }

  private static boolean isSettled(State state) {
    return switch (state) {
      case State.Barred barred -> true;
      case State.Closed closed -> true;
      case State.Intended intended -> false;
      case State.Live live -> false;
      case State.Undoing undoing -> false;
      case State.Ended ended -> false;
    };
  }

  /** On the wire an event's type is a header; here it must stand in the text. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = FaultInjected.class, name = "injected"),
    @JsonSubTypes.Type(value = FaultReverted.class, name = "reverted"),
    @JsonSubTypes.Type(value = FaultRefused.class, name = "refused"),
    @JsonSubTypes.Type(value = FaultFailed.class, name = "failed"),
    @JsonSubTypes.Type(value = FaultRehearsed.class, name = "rehearsed"),
    @JsonSubTypes.Type(value = FaultConflicted.class, name = "conflicted")
  })
  private interface TypedFaultEvent {}
}
