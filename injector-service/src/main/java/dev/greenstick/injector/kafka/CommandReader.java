package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.injector.Figures;
import dev.greenstick.injector.Injector;
import dev.greenstick.injector.Settings;
import dev.greenstick.injector.cluster.ClusterException;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads this cluster's commands, one after another. A record is acknowledged when its command is
 * taken on, or when it is with the dead letters; until then nothing after it is read, because a
 * revert must not overtake its inject.
 */
@ApplicationScoped
class CommandReader {

  private static final Logger LOG = Logger.getLogger(CommandReader.class);
  private static final String READER = "injector";
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  /** The other agent's commands: not even parsed. */
  private static final Set<String> NOT_OURS =
      Set.of(Event.typeOf(ProbeStart.class), Event.typeOf(ProbeStop.class));

  private final Injector injector;
  private final HaltsFeed halts;
  private final Outgoing outgoing;
  private final Figures figures;
  private final ExecutorService threads;
  private final EventDeserializer<Command> deserializer;

  CommandReader(
      Settings settings,
      Injector injector,
      HaltsFeed halts,
      Outgoing outgoing,
      Figures figures,
      @VirtualThreads ExecutorService threads) {
    this.injector = injector;
    this.halts = halts;
    this.outgoing = outgoing;
    this.figures = figures;
    this.threads = threads;
    this.deserializer = new EventDeserializer<>(Topics.commands(settings.cluster()));
  }

  @Incoming("commands")
  Uni<Void> read(ConsumerRecord<byte[], byte[]> record) {
    String type = CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE);
    if (type != null && NOT_OURS.contains(type)) {
      return Uni.createFrom().voidItem();
    }
    return switch (deserializer.deserialize(record.topic(), record.headers(), record.value())) {
      case null -> bury(record, "the value is empty, and commands have no tombstones");
      case Received.Unreadable<Command> unreadable -> bury(record, unreadable.reason());
      case Received.Readable<Command> readable -> accept(record, readable.event().data());
    };
  }

  private Uni<Void> accept(ConsumerRecord<byte[], byte[]> record, Command command) {
    if (!command.key().equals(key(record))) {
      return bury(
          record, "the key is %s, and should be its run %s".formatted(key(record), command.key()));
    }
    if (injector.misrouted(command)) {
      return bury(record, "the command is for cluster " + command.run().cluster());
    }
    return Uni.createFrom()
        .completionStage(halts::caughtUp)
        .emitOn(threads)
        .invoke(() -> injector.accept(command))
        .onFailure(CommandReader::mayPass)
        .invoke(e -> LOG.warnf("command %s waits: %s", command.command(), e.getMessage()))
        .onFailure(CommandReader::mayPass)
        .retry()
        .withBackOff(FIRST_RETRY, LAST_RETRY)
        .indefinitely()
        .onFailure()
        .recoverWithUni(e -> bury(record, "the injector failed on it: " + e));
  }

  private static boolean mayPass(Throwable failure) {
    return failure instanceof ClusterException
        || failure instanceof CompletionException
        || failure instanceof KafkaException;
  }

  private Uni<Void> bury(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warnf(
        "record %s-%d@%d goes to the dead letters: %s",
        record.topic(), record.partition(), record.offset(), reason);
    figures.deadLettered();
    return Uni.createFrom()
        .completionStage(
            () ->
                outgoing.send(
                    DeadLetter.of(
                        record.key(),
                        record.value(),
                        record.headers(),
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        READER,
                        reason)))
        .onFailure()
        .retry()
        .withBackOff(FIRST_RETRY, LAST_RETRY)
        .indefinitely();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
  }
}
