package dev.greenstick.verdict.live;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.history.Plausible;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One subscriber: a consumer that is polled when the last that it gave has been taken, so that a
 * slow subscriber costs one fetch of memory and no more however far behind it is. For one thread,
 * but for {@link #end}.
 */
public final class Subscription implements AutoCloseable {

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<String, byte[]> consumer;
  private final Wanted wanted;
  private final Duration heartbeat;
  private final InstantSource clock;
  private final Runnable onClose;
  private final Map<String, EventDeserializer<? extends RunData>> readers = new HashMap<>();
  private Place place;
  private boolean closed;

  Subscription(
      Consumer<String, byte[]> consumer,
      List<Topic<? extends RunData>> topics,
      Place place,
      Wanted wanted,
      Duration heartbeat,
      InstantSource clock,
      Runnable onClose) {
    this.consumer = consumer;
    this.place = place;
    this.wanted = wanted;
    this.heartbeat = heartbeat;
    this.clock = clock;
    this.onClose = onClose;
    topics.forEach(topic -> readers.put(topic.name(), new EventDeserializer<>(topic)));
  }

  /**
   * Sends events until the subscriber is gone or {@link #end} is called; closes itself.
   *
   * @throws IOException when the subscriber is gone
   */
  public void send(OutputStream out) throws IOException {
    Frames frames = new Frames(out);
    try (this) {
      frames.begin(place, RETRY);
      Instant spoken = clock.instant();
      while (true) {
        if (sendWhatThereIs(frames)) {
          spoken = clock.instant();
        } else if (!clock.instant().isBefore(spoken.plus(heartbeat))) {
          frames.heartbeat(place);
          spoken = clock.instant();
        }
      }
    } catch (WakeupException e) {
      // The service ends; the subscriber comes back to another instance, or to this one later.
    }
  }

  private boolean sendWhatThereIs(Frames frames) throws IOException {
    boolean sent = false;
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      place = place.with(record.topic(), record.partition(), record.offset() + 1);
      if (wanted.passes(record.headers())
          && read(record) instanceof Received.Readable<? extends RunData> readable) {
        frames.event(readable.event(), place);
        sent = true;
      }
    }
    // Past what belongs to transactions, too, so that it is not read again.
    for (TopicPartition partition : consumer.assignment()) {
      place = place.with(partition.topic(), partition.partition(), consumer.position(partition));
    }
    if (sent) {
      frames.flush();
    }
    return sent;
  }

  /** What cannot be read, or cannot be true, is a dead letter and no event. */
  private Received<? extends RunData> read(ConsumerRecord<String, byte[]> record) {
    Received<? extends RunData> received =
        readers.get(record.topic()).deserialize(record.topic(), record.headers(), record.value());
    if (received instanceof Received.Readable<? extends RunData> readable
        && readable.event().data().key().equals(record.key())
        && Plausible.objection(readable.event().data(), readable.event().time()).isEmpty()) {
      return readable;
    }
    return null;
  }

  /** Ends it soon; from any thread. */
  public void end() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      consumer.close();
      onClose.run();
    }
  }
}
