package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.greenstick.contracts.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record as a line of JSON: {@code {"offset":7,"timestamp":1795,"key":"…","headers":{…},
 * "data":{…}}}. A value that is JSON stands there byte for byte, so that what is read again is what
 * was recorded; any other value stands in base64 as {@code bytes}.
 */
final class RecordLine {

  private static final String DATA = "data";
  private static final String BYTES = "bytes";

  private RecordLine() {}

  /** The line, without its end. */
  static byte[] write(ConsumerRecord<byte[], byte[]> record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
    try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("offset", record.offset());
      json.writeNumberField("timestamp", record.timestamp());
      if (record.key() != null) {
        json.writeStringField("key", text(record.key()));
      }
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers(record).entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      if (record.value() != null && isLineOfJson(record.value())) {
        json.writeFieldName(DATA);
        json.writeRawValue(text(record.value()));
      } else if (record.value() != null) {
        json.writeStringField(BYTES, Base64.getEncoder().encodeToString(record.value()));
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** The last of each name, which is the one that counts; one without a value counts as none. */
  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.remove(header.key());
      if (header.value() != null) {
        headers.put(header.key(), text(header.value()));
      }
    }
    return headers;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean isLineOfJson(byte[] value) {
    for (byte one : value) {
      if (one == '\n' || one == '\r') {
        return false;
      }
    }
    // Bytes that are no UTF-8 would come back as others.
    if (!Arrays.equals(text(value).getBytes(StandardCharsets.UTF_8), value)) {
      return false;
    }
    try (JsonParser json = Json.mapper().getFactory().createParser(value)) {
      if (json.nextToken() == null) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null && value[0] != ' ' && value[value.length - 1] != ' ';
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads a line.
   *
   * @throws IOException when it is none, with what is wrong in the message
   */
  static ConsumerRecord<byte[], byte[]> read(String topic, int partition, byte[] line)
      throws IOException {
    long offset = -1;
    long timestamp = -1;
    byte[] key = null;
    byte[] value = null;
    RecordHeaders headers = new RecordHeaders();
    try (JsonParser json = Json.mapper().getFactory().createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("line is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "offset" -> offset = json.getLongValue();
          case "timestamp" -> timestamp = json.getLongValue();
          case "key" -> key = json.getText().getBytes(StandardCharsets.UTF_8);
          case "headers" -> headers(json, headers);
          case DATA -> {
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            json.finishToken();
            value = Arrays.copyOfRange(line, from, (int) json.currentLocation().getByteOffset());
          }
          case BYTES -> value = Base64.getDecoder().decode(json.getText());
          default -> json.skipChildren();
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("line holds no base64: " + e.getMessage(), e);
    }
    if (offset < 0 || timestamp < 0) {
      throw new IOException("line lacks its offset or timestamp");
    }
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key,
        value,
        headers,
        Optional.empty());
  }

  private static void headers(JsonParser json, RecordHeaders headers) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("headers are no object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      headers.add(name, json.getText().getBytes(StandardCharsets.UTF_8));
    }
  }
}
