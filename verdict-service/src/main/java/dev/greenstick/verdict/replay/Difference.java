package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One place at which a verdict that is reached again is another than the recorded one.
 *
 * @param path dotted fields and indices, for example {@code judgements[1].left}; {@code ce_time}
 *     and the like for what stands in the headers
 * @param recorded as JSON; empty where it is not there
 * @param replayed as JSON; empty where it is not there
 */
public record Difference(String path, String recorded, String replayed) {

  /** Every difference of two texts; when neither is JSON, the texts themselves. */
  static List<Difference> between(byte[] recorded, byte[] replayed) {
    List<Difference> differences = new ArrayList<>();
    try {
      compare("", Json.mapper().readTree(recorded), Json.mapper().readTree(replayed), differences);
    } catch (IOException e) {
      differences.add(new Difference("", "no JSON: " + e.getMessage(), ""));
    }
    if (differences.isEmpty()) {
      differences.add(
          new Difference(
              "", "the same JSON in other bytes (" + recorded.length + ")", "" + replayed.length));
    }
    return differences;
  }

  private static void compare(String path, JsonNode one, JsonNode other, List<Difference> into) {
    if (one.isObject() && other.isObject()) {
      SortedSet<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, one.path(name), other.path(name), into);
      }
    } else if (one.isArray() && other.isArray()) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        compare(path + "[" + i + "]", one.path(i), other.path(i), into);
      }
    } else if (!one.equals(other)) {
      into.add(new Difference(path, one.toString(), other.toString()));
    }
  }
}
