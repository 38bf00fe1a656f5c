package dev.greenstick.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.AllTypes;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.run.RunEvent;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDeserializerTest {

  private static final Event<RunEvent> EVENT =
      Event.of(URI.create("/scheduler"), Examples.START, Examples.runPlanned());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ce_specversion |                    | header ce_specversion is missing",
        "ce_specversion | 0.3                | CloudEvents version 0.3 is not 1.0",
        "ce_id          |                    | header ce_id is missing",
        "ce_id          | 7                  | EventId must be a UUID like",
        "ce_type        | dev.other.thing.v1 | type dev.other.thing.v1 is unknown in this topic",
        "ce_time        | yesterday          | Text 'yesterday' could not be parsed",
        "ce_source      | ^                  | Illegal character in path",
        "content-type   | application/cloudevents+json | record is in CloudEvents' structured mode"
      })
  void aRecordWhoseHeadersAreWrongIsUnreadableWithTheReason(
      String header, String text, String reason) {
    // Given
    RecordHeaders headers = new RecordHeaders();
    byte[] value = write(EVENT, headers);
    headers.remove(header);
    if (text != null) {
      headers.add(header, text.getBytes(UTF_8));
    }

    // When
    Received<RunEvent> received = read(headers, value);

    // Then
    assertThat(received).isInstanceOf(Received.Unreadable.class);
    assertThat(((Received.Unreadable<RunEvent>) received).reason()).startsWith(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{} {}",
        "{\"run\":null}",
        "{\"run\":{\"id\":\"x\"}}",
        "\u0000",
        "{\"run\":1,\"run\":1}"
      })
  void aValueThatIsNotWhatItsTypeSaysIsUnreadable(String value) {
    // Given
    RecordHeaders headers = new RecordHeaders();
    write(EVENT, headers);

    // When
    Received<RunEvent> received = read(headers, value.getBytes(UTF_8));

    // Then
    assertThat(received).isInstanceOf(Received.Unreadable.class);
    assertThat(((Received.Unreadable<RunEvent>) received).value()).isEqualTo(value.getBytes(UTF_8));
    assertThat(((Received.Unreadable<RunEvent>) received).reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cluster\":\"local\"    | \"cluster\":\"No\"      | data at run.cluster: ClusterName must be lower-case letters, digits and inner hyphens, at most 63, but is: No",
        "\"baseline\":\"20s\"     | \"baseline\":\"PT20S\"  | data at experiment.spec.baseline: is an ISO 8601 duration; write it as Kubernetes does, as 20s, but is: PT20S",
        "\"mode\":\"one\"         | \"mode\":\"some\"       | data at experiment.spec.steps.0.branches.0.actions.0.mode: Cannot deserialize value of type Mode from String",
        "\"trigger\"              | \"triggr\"             | data at trigger: Missing required creator property 'trigger'",
        "{\"run\"                 | {{\"run\"              | data: Unexpected character",
      })
  void theReasonSaysWhereAndWhatWithoutNamesOfClasses(
      String written, String instead, String reason) {
    // Given
    RecordHeaders headers = new RecordHeaders();
    String value = new String(write(EVENT, headers), UTF_8);
    String broken = value.replace(written, instead);

    // When
    Received<RunEvent> received = read(headers, broken.getBytes(UTF_8));

    // Then
    assertThat(broken).isNotEqualTo(value);
    assertThat(received).isInstanceOf(Received.Unreadable.class);
    assertThat(((Received.Unreadable<RunEvent>) received).reason()).startsWith(reason);
  }

  @Test
  void aTombstoneStaysNull() {
    assertThat(read(new RecordHeaders(), null)).isNull();
    assertThat(new EventDeserializer<>(Topics.RUNS).deserialize("t", null)).isNull();
  }

  @Test
  void fieldsOfANewerWriterAreIgnored() {
    // Given
    RecordHeaders headers = new RecordHeaders();
    String value = new String(write(EVENT, headers), UTF_8);
    String newer = value.substring(0, value.length() - 1) + ",\"addedLater\":{\"x\":[1]}}";

    // When
    Received<RunEvent> received = read(headers, newer.getBytes(UTF_8));

    // Then
    assertThat(received).isEqualTo(new Received.Readable<>(EVENT));
  }

  @Test
  void enumsAreNotReadFromOrdinals() {
    // Given
    RecordHeaders headers = new RecordHeaders();
    String value =
        new String(write(EVENT, headers), UTF_8).replace("\"pod-failure\",\"mode\"", "0,\"mode\"");

    // When
    Received<RunEvent> received = read(headers, value.getBytes(UTF_8));

    // Then
    assertThat(received).isInstanceOf(Received.Unreadable.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedRecordsNeverThrowAndKeepTheirValue(long seed) {
    // Given
    Random random = new Random(seed);
    for (int i = 0; i < 25_000; i++) {
      Event<?> event = Examples.events().get(random.nextInt(Examples.events().size()));
      mutateAndRead(event, random, "seed " + seed + ", mutation " + i);
    }
  }

  @Test
  void aDeadLetterIsTheUntouchedRecordWithWhereFromAndWhy() {
    // Given
    RecordHeaders headers = new RecordHeaders();
    byte[] value = write(EVENT, headers);
    int before = headers.toArray().length;

    // When
    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(
            new byte[] {1}, value, headers, "greenstick.runs", 3, 42, "verdict", "not readable");

    // Then
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(letter.key()).isEqualTo(new byte[] {1});
    assertThat(letter.value()).isEqualTo(value);
    assertThat(headers.toArray()).hasSize(before);
    assertThat(letter.headers().toArray()).startsWith(headers.toArray());
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_TOPIC))
        .isEqualTo("greenstick.runs");
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_PARTITION))
        .isEqualTo("3");
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_OFFSET)).isEqualTo("42");
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.READER)).isEqualTo("verdict");
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.REASON))
        .isEqualTo("not readable");
  }

  private static <E extends EventData> void mutateAndRead(
      Event<E> event, Random random, String description) {
    Topic<E> topic = AllTypes.topicOf(event);
    RecordHeaders headers = new RecordHeaders();
    byte[] value = new EventSerializer<E>().serialize(topic.name(), headers, event);
    if (random.nextBoolean()) {
      value = mutated(value, random);
    } else {
      Header[] all = headers.toArray();
      Header header = all[random.nextInt(all.length)];
      headers.remove(header.key());
      headers.add(header.key(), mutated(header.value(), random));
    }
    Received<E> received = new EventDeserializer<>(topic).deserialize(topic.name(), headers, value);
    if (received instanceof Received.Unreadable<E> unreadable) {
      assertThat(unreadable.value()).as(description).isSameAs(value);
      assertThat(unreadable.reason()).as(description).isNotBlank().hasSizeLessThan(310);
    } else {
      assertThat(received).as(description).isInstanceOf(Received.Readable.class);
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    int at = copy.length == 0 ? 0 : random.nextInt(copy.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(copy, at);
      case 1 -> Arrays.copyOfRange(copy, at, copy.length);
      case 2 -> {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        yield noise;
      }
      case 3 -> {
        byte[] twice = Arrays.copyOf(copy, copy.length * 2);
        System.arraycopy(copy, 0, twice, copy.length, copy.length);
        yield twice;
      }
      default -> {
        for (int i = 1 + random.nextInt(4); i > 0 && copy.length > 0; i--) {
          copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        yield copy;
      }
    };
  }

  private static byte[] write(Event<RunEvent> event, RecordHeaders headers) {
    return new EventSerializer<RunEvent>().serialize("t", headers, event);
  }

  private static Received<RunEvent> read(RecordHeaders headers, byte[] value) {
    return new EventDeserializer<>(Topics.RUNS).deserialize("t", headers, value);
  }
}
