package dev.greenstick.verdict.stream;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Evidence in a store: type, time, origin, and the data as JSON. Safe for many threads. */
final class EvidenceSerde implements Serde<Evidence> {

  private final Map<String, ObjectReader> readers = new HashMap<>();

  EvidenceSerde() {
    for (Topic<? extends RunData> topic : List.of(Topics.RUNS, Topics.FAULTS, Topics.HEALTH)) {
      topic.types().forEach(type -> readers.put(Event.typeOf(type), Json.mapper().readerFor(type)));
    }
  }

  @Override
  public Serializer<Evidence> serializer() {
    return (_, evidence) -> {
      if (evidence == null) {
        return null;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeUTF(Event.typeOf(evidence.data().getClass()));
        out.writeLong(evidence.time().getEpochSecond());
        out.writeInt(evidence.time().getNano());
        out.writeUTF(evidence.origin().topic());
        out.writeInt(evidence.origin().partition());
        out.writeLong(evidence.origin().offset());
        out.write(Json.mapper().writeValueAsBytes(evidence.data()));
      } catch (IOException e) {
        throw new SerializationException("evidence of " + evidence.data().subject(), e);
      }
      return bytes.toByteArray();
    };
  }

  @Override
  public Deserializer<Evidence> deserializer() {
    return (store, bytes) -> {
      if (bytes == null) {
        return null;
      }
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        ObjectReader reader = readers.get(in.readUTF());
        Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
        Origin origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
        return new Evidence(reader.readValue(in.readAllBytes()), time, origin);
      } catch (IOException e) {
        throw new SerializationException("evidence in " + store + " is not what was written", e);
      }
    };
  }
}
