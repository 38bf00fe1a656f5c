package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Refusal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads the few bodies that kubectl only sends in Kubernetes' protobuf envelope: what {@code
 * kubectl auth}, {@code drain} and {@code create} of the plainest kinds write. Field numbers are
 * those of the {@code generated.proto} files of k8s.io/api.
 */
final class Protobuf {

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  /** How a field is written. */
  private sealed interface Kind {}

  private record Text() implements Kind {}

  private record WholeNumber() implements Kind {}

  private record Message(Map<Integer, Field> fields) implements Kind {}

  private record Texts() implements Kind {}

  /** A map of strings: entries with a key and a value. */
  private record TextMap() implements Kind {}

  private record Field(String name, Kind kind) {}

  private static final Message ENTRY = message(1, text("key"), 2, text("value"));
  private static final Message METADATA =
      new Message(
          Map.of(
              1, text("name"),
              2, text("generateName"),
              3, text("namespace"),
              11, new Field("labels", new TextMap()),
              12, new Field("annotations", new TextMap())));
  private static final Message TYPE = message(1, text("apiVersion"), 2, text("kind"));
  private static final Message RESOURCE_ATTRIBUTES =
      new Message(
          Map.of(
              1, text("namespace"),
              2, text("verb"),
              3, text("group"),
              4, text("version"),
              5, text("resource"),
              6, text("subresource"),
              7, text("name")));
  private static final Message NON_RESOURCE_ATTRIBUTES = message(1, text("path"), 2, text("verb"));
  private static final Message PRECONDITIONS = message(1, text("uid"), 2, text("resourceVersion"));
  private static final Message DELETE_OPTIONS =
      new Message(
          Map.of(
              1, new Field("gracePeriodSeconds", new WholeNumber()),
              2, new Field("preconditions", PRECONDITIONS),
              4, text("propagationPolicy"),
              5, new Field("dryRun", new Texts())));

  private static final Map<String, Message> KINDS =
      Map.of(
          "SelfSubjectAccessReview",
          message(
              1,
              new Field("metadata", METADATA),
              2,
              new Field(
                  "spec",
                  message(
                      1,
                      new Field("resourceAttributes", RESOURCE_ATTRIBUTES),
                      2,
                      new Field("nonResourceAttributes", NON_RESOURCE_ATTRIBUTES)))),
          "SelfSubjectRulesReview",
          message(
              1,
              new Field("metadata", METADATA),
              2,
              new Field("spec", new Message(Map.of(1, text("namespace"))))),
          "SelfSubjectReview",
          new Message(Map.of(1, new Field("metadata", METADATA))),
          "Eviction",
          message(
              1, new Field("metadata", METADATA), 2, new Field("deleteOptions", DELETE_OPTIONS)),
          "DeleteOptions",
          DELETE_OPTIONS,
          "Namespace",
          new Message(Map.of(1, new Field("metadata", METADATA))),
          "ServiceAccount",
          new Message(Map.of(1, new Field("metadata", METADATA))),
          "ConfigMap",
          message(1, new Field("metadata", METADATA), 2, new Field("data", new TextMap())));

  private Protobuf() {}

  /**
   * The object in an envelope.
   *
   * @throws Refusal 415 for kinds other than the few, 400 when it cannot be read
   */
  static ObjectNode read(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      byte[] magic = new byte[MAGIC.length];
      buffer.get(magic);
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        throw Refusal.badRequest("the body is not in Kubernetes' protobuf envelope");
      }
      ObjectNode type = Json.MAPPER.createObjectNode();
      byte[] raw = {};
      while (buffer.hasRemaining()) {
        int tag = (int) varint(buffer);
        if (tag == tag(1)) {
          type = message(TYPE, bytes(buffer));
        } else if (tag == tag(2)) {
          raw = bytes(buffer);
        } else {
          skip(buffer, tag & 7);
        }
      }
      Message kind = KINDS.get(type.path("kind").asText());
      if (kind == null) {
        throw Refusal.plain(
            415,
            "UnsupportedMediaType",
            "the sandbox reads %s as application/json or application/yaml only"
                .formatted(type.path("kind").asText()));
      }
      ObjectNode object = message(kind, raw);
      object.setAll(type);
      return object;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Refusal.badRequest("the protobuf body of the request cannot be read");
    }
  }

  private static ObjectNode message(Message schema, byte[] bytes) {
    ObjectNode object = Json.MAPPER.createObjectNode();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      int tag = (int) varint(buffer);
      Field field = schema.fields().get(tag >>> 3);
      if (field == null) {
        skip(buffer, tag & 7);
        continue;
      }
      switch (field.kind()) {
        case Text text -> object.put(field.name(), string(buffer));
        case WholeNumber number -> object.put(field.name(), varint(buffer));
        case Texts texts -> object.withArrayProperty(field.name()).add(string(buffer));
        case TextMap map -> {
          ObjectNode entry = message(ENTRY, bytes(buffer));
          object
              .withObjectProperty(field.name())
              .put(entry.path("key").asText(), entry.path("value").asText());
        }
        case Message nested -> object.set(field.name(), message(nested, bytes(buffer)));
      }
    }
    return object;
  }

  private static int tag(int field) {
    return field << 3 | 2;
  }

  private static String string(ByteBuffer buffer) {
    return new String(bytes(buffer), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    long length = varint(buffer);
    if (length < 0 || length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    buffer.get(bytes);
    return bytes;
  }

  private static void skip(ByteBuffer buffer, int wireType) {
    switch (wireType) {
      case 0 -> varint(buffer);
      case 1 -> buffer.getLong();
      case 2 -> bytes(buffer);
      case 5 -> buffer.getInt();
      default -> throw new IllegalArgumentException("wire type " + wireType);
    }
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("varint too long");
  }

  private static Field text(String name) {
    return new Field(name, new Text());
  }

  private static Message message(int a, Field first, int b, Field second) {
    return new Message(Map.of(a, first, b, second));
  }
}
