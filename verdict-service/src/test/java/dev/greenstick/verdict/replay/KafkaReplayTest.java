package dev.greenstick.verdict.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.broker.junit.BootstrapServers;
import dev.greenstick.broker.junit.RealKafka;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.replay.Outcome.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On a broker, whose verdicts were written in transactions of which some were given up. */
@ExtendWith(RealKafka.class)
class KafkaReplayTest {

  private static final int RUNS = 12;

  @TempDir private Path directory;

  @Test
  void whatABrokerHoldsIsVerifiedExportedAndJudgedAgainIntoATopicOfItsOwn(BootstrapServers servers)
      throws Exception {
    // Given
    Map<String, Object> client = Map.of("bootstrap.servers", servers.value());
    List<Story> stories =
        IntStream.range(5_000, 5_000 + RUNS).mapToObj(i -> Story.of(i, 2, 3, 3)).toList();
    record(client, MemoryRecording.of(stories));
    Path export = directory.resolve("export");
    Selection one = Selection.of(stories.get(3).run().id());

    // When
    KafkaRecording recording = new KafkaRecording(client);
    Given sink = new Given();
    Counts verified = Given.verify(recording, sink);
    Counts oneRun = Given.replay(recording, one, new Judging.Verify(), new Given());
    new Export(recording, Selection.ALL, 2).to(export, Given.pace());
    Counts exported = Given.verify(new DirectoryRecording(export), new Given());
    try (TopicSink topic = new TopicSink("replay.what-if", client)) {
      new Replay(
              recording,
              Selection.ALL,
              new Judging.Again(Optional.empty(), Optional.empty(), false),
              Given.LIMITS)
          .run(topic, Given.pace(), Optional.empty());
    }

    // Then
    assertThat(sink.outcomes()).filteredOn(it -> it.status() != Status.IDENTICAL).isEmpty();
    assertThat(verified.of(Status.IDENTICAL)).isEqualTo(RUNS);
    assertThat(oneRun.of(Status.IDENTICAL)).isEqualTo(1);
    assertThat(oneRun.records()).isLessThan(verified.records() / 2);
    assertThat(exported.runs()).isEqualTo(verified.runs());
    assertThat(read(client, "replay.what-if"))
        .hasSize(RUNS)
        .allSatisfy(
            record -> {
              assertThat(header(record, "ce_source")).isEqualTo("/verdict/replay");
              assertThat(header(record, TopicSink.STATUS)).isEqualTo("unchanged");
              assertThat(record.value()).isInstanceOf(Received.Readable.class);
            });
  }

  @Test
  void noReplayWritesIntoALiveTopic(BootstrapServers servers) {
    for (String topic :
        List.of("greenstick.verdicts", "greenstick.dead-letters", "greenstick-verdict-x")) {
      assertThatThrownBy(() -> new TopicSink(topic, Map.of("bootstrap.servers", servers.value())))
          .isInstanceOf(RecordingException.class)
          .hasMessageContaining("never go to " + topic);
    }
  }

  private static void record(Map<String, Object> client, MemoryRecording memory) throws Exception {
    try (Admin admin = Admin.create(client)) {
      TopicCreation.createMissing(admin, List.of(), (short) 1);
      admin.createTopics(List.of(new NewTopic("replay.what-if", 1, (short) 1))).all().get();
    }
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("transactional.id", "kafka-replay-test");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int partition : memory.partitions()) {
        for (String topic : Lane.TOPICS) {
          List<ConsumerRecord<byte[], byte[]>> records = memory.records(topic, partition);
          // The offsets of the broker are others: evidence is named by those, as live.
          if (!topic.equals(Topics.VERDICTS.name())) {
            write(producer, records, true);
            write(producer, records, false);
          }
        }
      }
    }
    untilCommitted(client);
    Given sink = new Given();
    Given.replay(
        new KafkaRecording(client),
        Selection.ALL,
        new Judging.Again(Optional.empty(), Optional.empty(), false),
        sink);
    assertThat(sink.outcomes()).filteredOn(it -> it.status() != Status.NEW).isEmpty();
    settings.put("transactional.id", "kafka-replay-test-verdicts");
    try (KafkaProducer<String, dev.greenstick.contracts.Event<? extends VerdictEvent>> producer =
        new KafkaProducer<>(
            settings,
            new org.apache.kafka.common.serialization.StringSerializer(),
            new dev.greenstick.contracts.wire.EventSerializer<VerdictEvent>())) {
      producer.initTransactions();
      for (Judged judged : sink.judged()) {
        VerdictReached data = judged.event().orElseThrow().data();
        producer.beginTransaction();
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topics.VERDICTS.name(), data.key(), judged.event().orElseThrow()));
        producer.commitTransaction();
      }
    }
    untilCommitted(client);
  }

  /** A commit is promised before its markers stand in every partition, and readers go by those. */
  private static void untilCommitted(Map<String, Object> client) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (String topic : Lane.TOPICS) {
      for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    try (Admin admin = Admin.create(client)) {
      Map<TopicPartition, Long> readable;
      Map<TopicPartition, Long> written;
      do {
        readable = offsets(admin, latest, IsolationLevel.READ_COMMITTED);
        written = offsets(admin, latest, IsolationLevel.READ_UNCOMMITTED);
      } while (!readable.equals(written));
    }
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
      throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(isolation))
        .all()
        .get()
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static void write(
      KafkaProducer<byte[], byte[]> producer,
      List<ConsumerRecord<byte[], byte[]>> records,
      boolean giveUp) {
    producer.beginTransaction();
    for (var record : records) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  record.topic(),
                  null,
                  record.timestamp(),
                  record.key(),
                  record.value(),
                  record.headers()));
    }
    if (giveUp) {
      producer.flush();
      producer.abortTransaction();
    } else {
      producer.commitTransaction();
    }
  }

  private static List<ConsumerRecord<String, Received<VerdictEvent>>> read(
      Map<String, Object> client, String topic) {
    List<ConsumerRecord<String, Received<VerdictEvent>>> records = new ArrayList<>();
    try (KafkaConsumer<String, Received<VerdictEvent>> consumer =
        new KafkaConsumer<>(
            client, new StringDeserializer(), new EventDeserializer<>(Topics.VERDICTS))) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
