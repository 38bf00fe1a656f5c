package dev.greenstick.injector.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.wire.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The command that an entry answers.
 *
 * @param command its id
 * @param body SHA-256 of its body, in hexadecimal: tells a second delivery from a conflict
 * @param step the step the fault belongs to
 * @param spec what was ordered
 * @param deadline after this instant injecting must not begin
 */
public record Order(CommandId command, String body, StepName step, Fault spec, Instant deadline) {

  public Order {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(deadline, "deadline");
  }

  /** The order that a command gives. */
  public static Order of(FaultInject inject) {
    return new Order(
        inject.command(), hash(inject), inject.step(), inject.spec(), inject.deadline());
  }

  private static String hash(FaultInject inject) {
    try {
      // Events' JSON has its map keys in order: equal commands are equal bytes.
      byte[] bytes = Json.mapper().writeValueAsBytes(inject);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("command " + inject.command() + " cannot be hashed", e);
    }
  }
}
