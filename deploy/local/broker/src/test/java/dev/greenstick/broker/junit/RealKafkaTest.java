package dev.greenstick.broker.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealKafka.class)
class RealKafkaTest {
  @Test
  void whatIsProducedIsConsumedByAGroup(BootstrapServers kafka) throws Exception {
    // Given
    String topic = "produced-is-consumed";
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.value()));
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.value()),
                new StringSerializer(),
                new StringSerializer());
        var consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    kafka.value(),
                    "group.id",
                    topic,
                    "auto.offset.reset",
                    "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();

      // When
      producer.send(new ProducerRecord<>(topic, "key", "value")).get();

      // Then
      consumer.subscribe(List.of(topic));
      assertThat(consumer.poll(Duration.ofSeconds(30)))
          .singleElement()
          .satisfies(record -> assertThat(record.key() + record.value()).isEqualTo("keyvalue"));
    }
  }

  @Test
  void transactionsCommit(BootstrapServers kafka) throws Exception {
    // Given
    String topic = "transactions-commit";
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.value()));
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.value(), "transactional.id", topic),
                new StringSerializer(),
                new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      producer.initTransactions();

      // When
      producer.beginTransaction();
      var sent = producer.send(new ProducerRecord<>(topic, "key", "value"));
      producer.commitTransaction();

      // Then
      assertThat(sent.get().offset()).isZero();
    }
  }

  @Test
  void aTopicIsNotCreatedByBeingUsed(BootstrapServers kafka) {
    // Given
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.value(), "max.block.ms", 2_000);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      // When
      var sent = producer.send(new ProducerRecord<>("nobody-made-this", "key", "value"));

      // Then
      assertThatThrownBy(() -> sent.get(30, TimeUnit.SECONDS))
          .hasMessageContaining("nobody-made-this");
    }
  }

  @Test
  void allTestsShareOne(BootstrapServers kafka, BootstrapServers again) {
    assertThat(again).isEqualTo(kafka);
  }

  @Test
  void theQuarkusResourceNamesABrokerThatAnswers() throws Exception {
    // Given
    var resource = new RealKafkaResource();
    try {
      // When
      var settings = resource.start();

      // Then
      assertThat(settings).containsEntry("quarkus.kafka.devservices.enabled", "false");
      try (var admin =
          Admin.create(Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers")))) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
    } finally {
      resource.stop();
    }
  }
}
