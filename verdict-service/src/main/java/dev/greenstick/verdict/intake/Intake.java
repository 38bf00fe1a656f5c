package dev.greenstick.verdict.intake;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.history.Plausible;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;

/**
 * Reads the records of the topics that hold the history of runs. The live fold and the replay read
 * with the same eyes: what is a dead letter to one is no evidence to the other. Never throws for
 * what a record holds. Safe for many threads.
 */
public final class Intake {

  /** The topics whose events are evidence; co-partitioned by run. */
  public static final List<Topic<? extends RunData>> HISTORY =
      List.of(Topics.RUNS, Topics.FAULTS, Topics.HEALTH);

  private final Map<String, EventDeserializer<? extends RunData>> deserializers =
      HISTORY.stream().collect(Collectors.toUnmodifiableMap(Topic::name, EventDeserializer::new));

  /**
   * Reads one record.
   *
   * @param key null where the record has none
   * @param value null where the record has none
   * @throws IllegalArgumentException when the topic is none of {@link #HISTORY}
   */
  public Taken take(Origin origin, byte[] key, Headers headers, byte[] value) {
    EventDeserializer<? extends RunData> deserializer = deserializers.get(origin.topic());
    if (deserializer == null) {
      throw new IllegalArgumentException("topic " + origin.topic() + " holds no history of runs");
    }
    if (key == null) {
      return new Taken.Unread("record has no key");
    }
    return switch (deserializer.deserialize(origin.topic(), headers, value)) {
      case null -> new Taken.Unread("record has no value");
      case Received.Unreadable<? extends RunData> unreadable ->
          new Taken.Unread(unreadable.reason());
      case Received.Readable<? extends RunData> readable -> {
        RunData data = readable.event().data();
        if (!data.key().equals(new String(key, StandardCharsets.UTF_8))) {
          yield new Taken.Unread("key is not the event's own, " + data.key());
        }
        yield Plausible.objection(data, readable.event().time())
            .<Taken>map(Taken.Unread::new)
            .orElseGet(() -> new Taken.Read(new Evidence(data, readable.event().time(), origin)));
      }
    };
  }
}
