package dev.greenstick.probe.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a file becomes: a document whose texts {@code {column}} stand for the line's
 * values.
 */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{([^{}:]{1,200})(:text)?}");
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,99})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,99})(?:\\.[0-9]{1,99})?(?:[eE][+-]?[0-9]{1,4})?");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Template() {}

  /** The template with a line's values in their places. */
  static JsonNode filled(JsonNode template, Map<String, JsonNode> line) throws BadLine {
    if (template.isTextual()) {
      Matcher place = PLACE.matcher(template.textValue());
      return place.matches() ? value(place, line) : template;
    }
    if (template.isArray()) {
      ArrayNode filled = NODES.arrayNode(template.size());
      for (JsonNode element : template) {
        filled.add(filled(element, line));
      }
      return filled;
    }
    if (template.isObject()) {
      ObjectNode filled = NODES.objectNode();
      for (Map.Entry<String, JsonNode> field : template.properties()) {
        filled.set(field.getKey(), filled(field.getValue(), line));
      }
      return filled;
    }
    return template;
  }

  private static JsonNode value(Matcher place, Map<String, JsonNode> line) throws BadLine {
    String column = place.group(1);
    JsonNode value = line.get(column);
    if (value == null || value.isNull()) {
      throw new BadLine("has no " + column + " among " + line.keySet());
    }
    boolean text = place.group(2) != null;
    if (!value.isTextual()) {
      return text ? NODES.textNode(value.isValueNode() ? value.asText() : value.toString()) : value;
    }
    return text ? value : read(column, value.textValue());
  }

  private static JsonNode read(String column, String text) throws BadLine {
    if (text.isEmpty()) {
      throw new BadLine(
          "has an empty " + column + "; write {" + column + ":text} where that is meant");
    }
    if (text.equals("true") || text.equals("false")) {
      return NODES.booleanNode(text.equals("true"));
    }
    if (WHOLE.matcher(text).matches()) {
      BigInteger whole = new BigInteger(text);
      return whole.bitLength() < Long.SIZE
          ? NODES.numberNode(whole.longValue())
          : NODES.numberNode(whole);
    }
    if (NUMBER.matcher(text).matches()) {
      double number = new BigDecimal(text).doubleValue();
      if (!Double.isFinite(number)) {
        throw new BadLine(column + " must be a number that fits 64 bits");
      }
      return NODES.numberNode(number);
    }
    return NODES.textNode(text);
  }
}
