package dev.greenstick.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.AllTypes;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topic;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CloudEvents SDK reads what we write, and we read what it writes. */
class CloudEventsOracleTest {

  private final CloudEventDeserializer theirReader = new CloudEventDeserializer();
  private final CloudEventSerializer theirWriter = new CloudEventSerializer();

  static Stream<Event<?>> events() {
    return Examples.events().stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  <E extends EventData> void theSdkReadsWhatWeWrite(Event<E> event) {
    // Given
    String topic = AllTypes.topicOf(event).name();
    RecordHeaders headers = new RecordHeaders();
    byte[] value = new EventSerializer<E>().serialize(topic, headers, event);

    // When
    CloudEvent read = theirReader.deserialize(topic, headers, value);

    // Then
    assertThat(read).isEqualTo(asCloudEvent(event));
  }

  @ParameterizedTest
  @MethodSource("events")
  <E extends EventData> void weReadWhatTheSdkWrites(Event<E> event) {
    // Given
    theirWriter.configure(Map.of(CloudEventSerializer.ENCODING_CONFIG, "BINARY"), false);
    Topic<E> topic = AllTypes.topicOf(event);
    RecordHeaders headers = new RecordHeaders();
    byte[] value = theirWriter.serialize(topic.name(), headers, asCloudEvent(event));

    // When
    Received<E> read = new EventDeserializer<>(topic).deserialize(topic.name(), headers, value);

    // Then
    assertThat(read).isEqualTo(new Received.Readable<>(event));
  }

  @ParameterizedTest
  @MethodSource("events")
  void theSdkAcceptsEveryAttributeName(Event<?> event) {
    assertThat(asCloudEvent(event).getExtensionNames()).isSubsetOf(Set.of("cluster", "experiment"));
  }

  private static CloudEvent asCloudEvent(Event<?> event) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id().toString())
            .withSource(event.source())
            .withType(event.type())
            .withSubject(event.data().subject())
            .withTime(event.time().atOffset(ZoneOffset.UTC))
            .withData("application/json", Json.text(event.data()).getBytes(UTF_8));
    event.data().aboutCluster().ifPresent(name -> builder.withExtension("cluster", name.value()));
    event
        .data()
        .aboutExperiment()
        .ifPresent(name -> builder.withExtension("experiment", name.value()));
    return builder.build();
  }
}
