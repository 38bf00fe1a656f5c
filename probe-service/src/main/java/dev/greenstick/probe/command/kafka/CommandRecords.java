package dev.greenstick.probe.command.kafka;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.probe.command.CommandTaker;
import dev.greenstick.probe.emit.kafka.KafkaEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads the cluster's commands one after another. What cannot be read goes to the dead letters, and
 * the offset is committed only once it is there.
 */
@ApplicationScoped
public class CommandRecords {

  private static final Logger LOG = Logger.getLogger(CommandRecords.class);

  private final CommandTaker taker;
  private final KafkaEvents events;
  private final Counter deadLetters;
  private final EventDeserializer<Command> deserializer;

  CommandRecords(
      CommandTaker taker,
      KafkaEvents events,
      MeterRegistry registry,
      @ConfigProperty(name = "greenstick.cluster") String cluster) {
    this.taker = taker;
    this.events = events;
    this.deadLetters =
        Counter.builder("greenstick.probe.dead.letters")
            .description("Commands that could not be read or carried out")
            .register(registry);
    this.deserializer = new EventDeserializer<>(Topics.commands(new ClusterName(cluster)));
  }

  /** Carries out one record. */
  @Incoming("commands")
  @Blocking
  public void read(ConsumerRecord<byte[], byte[]> record) {
    switch (deserializer.deserialize(record.topic(), record.headers(), record.value())) {
      case null -> dead(record, "record has no value, and commands are not deleted");
      case Received.Unreadable<Command> unreadable -> dead(record, unreadable.reason());
      case Received.Readable<Command> readable -> take(record, readable.event().data());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Command command) {
    Optional<String> wrongKey = wrongKey(record, command);
    if (wrongKey.isPresent()) {
      dead(record, wrongKey.get());
      return;
    }
    try {
      taker.take(command);
    } catch (RuntimeException e) {
      LOG.errorf(e, "Run %s: command %s failed", command.run().id(), command.command());
      dead(record, "carrying it out failed: " + e);
    }
  }

  private static Optional<String> wrongKey(ConsumerRecord<byte[], byte[]> record, Command command) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return key.equals(command.key())
        ? Optional.empty()
        : Optional.of("key is not the run " + command.key() + " of its data");
  }

  private void dead(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warnf(
        "Record %s-%d@%d goes to the dead letters: %s",
        record.topic(), record.partition(), record.offset(), reason);
    deadLetters.increment();
    events.deadLetter(record, reason).toCompletableFuture().join();
  }
}
