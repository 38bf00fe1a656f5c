package dev.greenstick.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Topic.Cleanup;
import dev.greenstick.contracts.Topic.Key;
import dev.greenstick.contracts.id.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void everyEventIsARecordWithATypeOfItsOwn() {
    // When
    List<Class<?>> records = AllTypes.records();

    // Then
    assertThat(records).allMatch(Class::isRecord);
    assertThat(records).allMatch(record -> record.isAnnotationPresent(EventType.class));
    assertThat(records.stream().map(Event::typeOf))
        .doesNotHaveDuplicates()
        .allMatch(type -> type.matches("dev\\.greenstick(\\.[a-z]+(-[a-z]+)*)+\\.v[1-9][0-9]*"));
  }

  @Test
  void topicsReadTogetherHaveEqualPartitions() {
    assertThat(AllTypes.topics())
        .filteredOn(
            topic ->
                topic.keyedBy() == Key.RUN
                    || topic.keyedBy() == Key.EXPERIMENT
                    || topic.keyedBy() == Key.EXPERIMENT_OR_RUN)
        .hasSize(7)
        .allMatch(topic -> topic.partitions() == Topics.PARTITIONS);
  }

  @Test
  void eventsOfTopicsKeyedByRunAreEventsOfARun() {
    assertThat(AllTypes.topics())
        .filteredOn(topic -> topic.keyedBy() == Key.RUN)
        .allMatch(topic -> RunData.class.isAssignableFrom(topic.family()));
  }

  @Test
  void aClustersCommandsHaveATopicOfTheirOwn() {
    assertThat(Topics.all(List.of(new ClusterName("eu-1"), new ClusterName("us-1"))))
        .extracting(Topic::name)
        .contains("greenstick.commands.eu-1", "greenstick.commands.us-1")
        .doesNotHaveDuplicates();
  }

  @Test
  void everyTopicIsCreatedWithItsSettings() {
    // When
    Map<String, NewTopic> created =
        TopicCreation.topics(List.of(Examples.CLUSTER), (short) 3).stream()
            .collect(Collectors.toMap(NewTopic::name, topic -> topic));

    // Then
    assertThat(created).hasSize(AllTypes.topics().size() + 1).containsKey(Topics.DEAD_LETTERS);
    for (Topic<?> topic : AllTypes.topics()) {
      NewTopic one = created.get(topic.name());
      assertThat(one.numPartitions()).isEqualTo(topic.partitions());
      assertThat(one.replicationFactor()).isEqualTo((short) 3);
      assertThat(one.configs())
          .isEqualTo(
              topic.cleanup() == Cleanup.COMPACT
                  ? Map.of("cleanup.policy", "compact")
                  : Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
    }
  }

  @Test
  void aRecordThatIsNoEventIsNamed() {
    assertThatThrownBy(() -> Event.typeOf(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("java.lang.String is no event: it lacks @EventType");
  }
}
