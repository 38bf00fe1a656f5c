package dev.greenstick.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.contracts.wire.Received;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One health window written and read again: ours, beside Jackson alone (the limit) and the
 * CloudEvents SDK (the peer).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EventCodec {

  private static final String TOPIC = Topics.HEALTH.name();

  private final HealthWindow window = Examples.healthWindow();
  private final Event<HealthEvent> event =
      Event.of(URI.create("/clusters/local/probe"), window.start(), (HealthEvent) window);
  private final EventSerializer<HealthEvent> serializer = new EventSerializer<>();
  private final EventDeserializer<HealthEvent> deserializer =
      new EventDeserializer<>(Topics.HEALTH);
  private final ObjectReader reader = Json.mapper().readerFor(HealthWindow.class);
  private final CloudEventSerializer sdkSerializer = new CloudEventSerializer();
  private final CloudEventDeserializer sdkDeserializer = new CloudEventDeserializer();

  /** The limit: the data alone, without any attribute. */
  @Benchmark
  public Object jacksonAlone() throws IOException {
    return reader.readValue(Json.mapper().writeValueAsBytes(window));
  }

  /** Ours: attributes and data. */
  @Benchmark
  public Received<HealthEvent> greenstick() {
    Headers headers = new RecordHeaders();
    byte[] value = serializer.serialize(TOPIC, headers, event);
    return deserializer.deserialize(TOPIC, headers, value);
  }

  /** The peer: the same through the CloudEvents SDK in binary mode, data by Jackson. */
  @Benchmark
  public Object cloudEventsSdk() throws IOException {
    Headers headers = new RecordHeaders();
    byte[] value = sdkSerializer.serialize(TOPIC, headers, cloudEvent());
    CloudEvent read = sdkDeserializer.deserialize(TOPIC, headers, value);
    return reader.readValue(read.getData().toBytes());
  }

  private CloudEvent cloudEvent() throws JsonProcessingException {
    return CloudEventBuilder.v1()
        .withId(event.id().toString())
        .withSource(event.source())
        .withType(event.type())
        .withSubject(event.data().subject())
        .withTime(event.time().atOffset(ZoneOffset.UTC))
        .withExtension("cluster", window.run().cluster().value())
        .withExtension("experiment", window.run().experiment().value())
        .withData("application/json", Json.mapper().writeValueAsBytes(window))
        .build();
  }
}
