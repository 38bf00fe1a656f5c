package dev.greenstick.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * One column of a table.
 *
 * @param type string, integer
 * @param priority 0 is always shown, 1 with {@code -o wide}
 */
record Column(
    String name, String type, int priority, BiFunction<ObjectNode, Instant, JsonNode> cell) {

  static Column objectName() {
    return new Column("Name", "string", 0, (object, now) -> object.path("metadata").path("name"));
  }

  static Column age() {
    return new Column(
        "Age",
        "string",
        0,
        (object, now) ->
            TextNode.valueOf(
                Ages.since(object.path("metadata").path("creationTimestamp").asText(""), now)));
  }

  static Column text(String name, java.util.function.Function<ObjectNode, String> cell) {
    return new Column(name, "string", 0, (object, now) -> TextNode.valueOf(cell.apply(object)));
  }

  static Column wide(String name, java.util.function.Function<ObjectNode, String> cell) {
    return new Column(name, "string", 1, (object, now) -> TextNode.valueOf(cell.apply(object)));
  }

  static Column number(String name, java.util.function.ToIntFunction<ObjectNode> cell) {
    return new Column(
        name, "integer", 0, (object, now) -> IntNode.valueOf(cell.applyAsInt(object)));
  }
}
