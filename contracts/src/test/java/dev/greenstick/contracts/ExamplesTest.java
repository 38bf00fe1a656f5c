package dev.greenstick.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.contracts.wire.Received;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

  static Stream<Event<?>> events() {
    return Examples.events().stream();
  }

  @Test
  void everyRecordOfEveryTopicHasOneExampleAndNoOtherHas() {
    assertThat(Examples.events().stream().<Class<?>>map(event -> event.data().getClass()).toList())
        .containsExactlyInAnyOrderElementsOf(AllTypes.records());
  }

  @ParameterizedTest
  @MethodSource("events")
  <E extends EventData> void anExampleIsReadAsItWasWrittenByteForByte(Event<E> event)
      throws Exception {
    // Given
    Topic<E> topic = AllTypes.topicOf(event);
    RecordHeaders headers = new RecordHeaders();
    byte[] value = new EventSerializer<E>().serialize(topic.name(), headers, event);

    // When
    Received<E> received = new EventDeserializer<>(topic).deserialize(topic.name(), headers, value);

    // Then
    assertThat(received).isEqualTo(new Received.Readable<>(event));
    assertThat(Json.mapper().writeValueAsBytes(((Received.Readable<E>) received).event().data()))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("events")
  <E extends EventData> void anExampleWithoutWhatMayBeMissingIsRead(Event<E> event)
      throws Exception {
    // Given
    Topic<E> topic = AllTypes.topicOf(event);
    RecordHeaders headers = new RecordHeaders();
    byte[] value = new EventSerializer<E>().serialize(topic.name(), headers, event);
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(value);
    Arrays.stream(event.data().getClass().getRecordComponents())
        .filter(component -> component.isAnnotationPresent(MayBeMissing.class))
        .forEach(component -> tree.remove(component.getName()));

    // When
    Received<E> received =
        new EventDeserializer<>(topic)
            .deserialize(topic.name(), headers, Json.mapper().writeValueAsBytes(tree));

    // Then
    assertThat(received).isInstanceOf(Received.Readable.class);
  }

  @ParameterizedTest
  @MethodSource("events")
  <E extends EventData> void anExampleWithoutARequiredFieldIsUnreadable(Event<E> event)
      throws Exception {
    // Given
    Topic<E> topic = AllTypes.topicOf(event);
    List<String> required =
        Arrays.stream(event.data().getClass().getRecordComponents())
            .filter(component -> !component.isAnnotationPresent(MayBeMissing.class))
            .map(RecordComponent::getName)
            .toList();
    for (String field : required) {
      RecordHeaders headers = new RecordHeaders();
      byte[] value = new EventSerializer<E>().serialize(topic.name(), headers, event);
      ObjectNode tree = (ObjectNode) Json.mapper().readTree(value);
      JsonNode removed = tree.remove(field);

      // When
      Received<E> received =
          new EventDeserializer<>(topic)
              .deserialize(topic.name(), headers, Json.mapper().writeValueAsBytes(tree));

      // Then
      assertThat(removed).as(field).isNotNull();
      assertThat(received).isInstanceOf(Received.Unreadable.class);
      assertThat(((Received.Unreadable<E>) received).reason()).contains("'" + field + "'");
    }
  }
}
