package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Objects;

/**
 * Waits before the branch goes on.
 *
 * @param length how long; positive
 */
public record Delay(@JsonValue Duration length) implements Action {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Delay {
    Objects.requireNonNull(length, "length");
  }
}
