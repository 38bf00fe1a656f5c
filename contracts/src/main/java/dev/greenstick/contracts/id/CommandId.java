package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One command: emitting it twice gives it the same id. */
public record CommandId(@JsonValue UUID value) implements Comparable<CommandId> {

  public CommandId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads the canonical form.
   *
   * @throws IllegalArgumentException when the text is no UUID of 36 characters
   */
  @JsonCreator
  public static CommandId parse(String text) {
    return new CommandId(Derived.parse("CommandId", text));
  }

  /**
   * The command that does {@code verb} (for example {@code fault.inject}) to {@code object} in a
   * run.
   */
  public static CommandId of(RunId run, String verb, String object) {
    return new CommandId(Derived.uuid("command", run.toString(), verb, object));
  }

  @Override
  public int compareTo(CommandId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
