package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Tensors as bytes, as the <a
 * href="https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md">binary
 * tensor data extension</a> and the raw contents of the protocol over gRPC have them:
 * little-endian, row major, without padding; texts with four bytes of length before each.
 */
final class TensorBytes {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Bytes of an element; that of {@code BYTES} says so itself. */
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("UINT8", 1),
          Map.entry("INT8", 1),
          Map.entry("UINT16", 2),
          Map.entry("INT16", 2),
          Map.entry("FP16", 2),
          Map.entry("BF16", 2),
          Map.entry("UINT32", 4),
          Map.entry("INT32", 4),
          Map.entry("FP32", 4),
          Map.entry("UINT64", 8),
          Map.entry("INT64", 8),
          Map.entry("FP64", 8));

  private static final String TEXT = "BYTES";

  private TensorBytes() {}

  /**
   * Writes elements.
   *
   * @throws IllegalArgumentException when an element is none of the datatype, or the datatype is
   *     not known
   */
  static byte[] of(String datatype, ArrayNode elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (JsonNode element : elements) {
      bytes.writeBytes(datatype.equals(TEXT) ? text(element) : number(datatype, element));
    }
    return bytes.toByteArray();
  }

  private static byte[] text(JsonNode element) {
    if (!element.isTextual()) {
      throw new IllegalArgumentException("holds what is no text: " + element);
    }
    byte[] text = element.textValue().getBytes(StandardCharsets.UTF_8);
    return buffer(Integer.BYTES + text.length).putInt(text.length).put(text).array();
  }

  private static byte[] number(String datatype, JsonNode element) {
    Integer size = SIZES.get(datatype);
    if (size == null) {
      throw new IllegalArgumentException("has a datatype that is not known: " + datatype);
    }
    if (datatype.equals("BOOL")) {
      if (!element.isBoolean()) {
        throw new IllegalArgumentException("holds what is neither true nor false: " + element);
      }
      return new byte[] {(byte) (element.booleanValue() ? 1 : 0)};
    }
    if (!element.isNumber()) {
      throw new IllegalArgumentException("holds what is no number: " + element);
    }
    ByteBuffer bytes = buffer(size);
    switch (datatype) {
      case "FP64" -> bytes.putDouble(element.doubleValue());
      case "FP32" -> bytes.putFloat(element.floatValue());
      case "FP16" -> bytes.putShort(Float.floatToFloat16(element.floatValue()));
      case "BF16" -> bytes.putShort((short) (roundedBits(element.floatValue()) >>> 16));
      default -> whole(datatype, element, size, bytes);
    }
    return bytes.array();
  }

  /** The upper half of a float is a BF16: to the nearest, and to the even one of two. */
  private static int roundedBits(float value) {
    int bits = Float.floatToIntBits(value);
    return Float.isNaN(value) ? bits : bits + 0x7fff + ((bits >>> 16) & 1);
  }

  private static void whole(String datatype, JsonNode element, int size, ByteBuffer bytes) {
    boolean signed = datatype.startsWith("I");
    int bits = 8 * size;
    BigInteger value = element.isIntegralNumber() ? element.bigIntegerValue() : null;
    BigInteger end = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    BigInteger start = signed ? end.negate() : BigInteger.ZERO;
    if (value == null || value.compareTo(start) < 0 || value.compareTo(end) >= 0) {
      throw new IllegalArgumentException("holds what is no " + datatype + ": " + element);
    }
    long number = value.longValue();
    for (int i = 0; i < size; i++) {
      bytes.put((byte) (number >>> (8 * i)));
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads all elements of some bytes. */
  static ArrayNode read(String datatype, ByteBuffer raw) throws Malformation {
    ByteBuffer bytes = raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    ArrayNode elements = NODES.arrayNode();
    if (datatype.equals(TEXT)) {
      while (bytes.hasRemaining()) {
        elements.add(text(bytes));
      }
      return elements;
    }
    Integer size = SIZES.get(datatype);
    if (size == null || bytes.remaining() % size != 0) {
      throw new Malformation(bytes.remaining() + " bytes are no tensor of " + datatype);
    }
    while (bytes.hasRemaining()) {
      elements.add(number(datatype, bytes));
    }
    return elements;
  }

  private static String text(ByteBuffer bytes) throws Malformation {
    if (bytes.remaining() < Integer.BYTES) {
      throw new Malformation("a text without its length");
    }
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new Malformation("a text longer than its tensor");
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static JsonNode number(String datatype, ByteBuffer bytes) {
    return switch (datatype) {
      case "BOOL" -> NODES.booleanNode(bytes.get() != 0);
      case "INT8" -> NODES.numberNode(bytes.get());
      case "UINT8" -> NODES.numberNode(Byte.toUnsignedInt(bytes.get()));
      case "INT16" -> NODES.numberNode(bytes.getShort());
      case "UINT16" -> NODES.numberNode(Short.toUnsignedInt(bytes.getShort()));
      case "FP16" -> NODES.numberNode((double) Float.float16ToFloat(bytes.getShort()));
      case "BF16" -> NODES.numberNode((double) Float.intBitsToFloat(bytes.getShort() << 16));
      case "INT32" -> NODES.numberNode(bytes.getInt());
      case "UINT32" -> NODES.numberNode(Integer.toUnsignedLong(bytes.getInt()));
      case "FP32" -> NODES.numberNode((double) bytes.getFloat());
      case "INT64" -> NODES.numberNode(bytes.getLong());
      case "UINT64" -> NODES.numberNode(new BigInteger(Long.toUnsignedString(bytes.getLong())));
      default -> NODES.numberNode(bytes.getDouble());
    };
  }
}
