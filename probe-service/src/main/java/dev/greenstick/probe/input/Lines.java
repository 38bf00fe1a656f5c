package dev.greenstick.probe.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.RequestsFrom;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.predict.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The requests in the text of a file, and every line that is none. */
final class Lines {

  /** Bad lines that are told one by one. */
  static final int MOST_TOLD = 20;

  private static final ObjectReader ROWS =
      CsvMapper.csvBuilder()
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build()
          .readerForMapOf(String.class)
          .with(CsvSchema.emptySchema().withHeader());

  private final RequestsFrom from;
  private final int most;
  private final List<PredictionRequest> requests = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private int badOnes;

  private Lines(RequestsFrom from, int most) {
    this.from = from;
    this.most = most;
  }

  /**
   * @param most how many requests there may be
   */
  static Lines read(RequestsFrom from, String text, int most) {
    Lines read = new Lines(from, most);
    switch (from.format()) {
      case JSON_LINES -> read.jsonLines(text);
      case CSV -> read.csv(text);
    }
    if (read.requests.isEmpty() && read.badOnes == 0) {
      read.bad.add("holds no request");
    }
    return read;
  }

  List<PredictionRequest> requests() {
    return requests;
  }

  /** The line that request {@code index} begins on, counted from 1. */
  int line(int index) {
    return lines.get(index);
  }

  /** Every line that is no request, each in a sentence; empty when there is none. */
  List<String> problems() {
    if (badOnes > MOST_TOLD) {
      List<String> told = new ArrayList<>(bad);
      told.add("has " + (badOnes - MOST_TOLD) + " more bad lines");
      return told;
    }
    return bad;
  }

  private void jsonLines(String text) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank() && isRoom(number)) {
        json(number, line);
      }
    }
  }

  private void json(int number, String line) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      bad(number, "is no JSON: " + e.getOriginalMessage());
      return;
    }
    if (!node.isObject()) {
      bad(number, "is no JSON object");
      return;
    }
    if (from.inputs() != null) {
      Map<String, JsonNode> values = new HashMap<>();
      node.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
      filled(number, values);
      return;
    }
    if (!node.hasNonNull("inputs")) {
      bad(number, "has no inputs");
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getKey().equals("inputs") && !field.getKey().equals("expect")) {
        bad(number, "has a field " + Seen.line(field.getKey()) + "; known are inputs, expect");
        return;
      }
    }
    JsonNode expect = node.get("expect");
    add(
        number,
        new PredictionRequest(
            node.get("inputs"), expect == null || expect.isNull() ? null : expect));
  }

  private void csv(String text) {
    int number = 1;
    try (MappingIterator<Map<String, String>> rows = ROWS.readValues(text)) {
      while (rows.hasNextValue()) {
        Map<String, String> row = rows.nextValue();
        // A value in quotes may hold line breaks: the row ends where the parser stands.
        int end = rows.getParser().currentTokenLocation().getLineNr();
        number = Math.max(number + 1, end - breaks(row));
        if (!isRoom(number)) {
          return;
        }
        Map<String, JsonNode> values = new HashMap<>();
        row.forEach((column, value) -> values.put(column, Json.mapper().valueToTree(value)));
        filled(number, values);
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? number + 1 : e.getLocation().getLineNr();
      bad(line, "is no line of the header's columns: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static int breaks(Map<String, String> row) {
    return (int) row.values().stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  private void filled(int number, Map<String, JsonNode> values) {
    try {
      JsonNode inputs = Template.filled(from.inputs(), values);
      JsonNode expect = from.expect() == null ? null : Template.filled(from.expect(), values);
      add(number, new PredictionRequest(inputs, expect));
    } catch (BadLine e) {
      bad(
          number,
          e.getMessage()
              .replace(values.keySet().toString(), new TreeSet<>(values.keySet()).toString()));
    }
  }

  private boolean isRoom(int number) {
    if (requests.size() < most) {
      return true;
    }
    if (requests.size() == most && badOnes == 0) {
      bad(number, "is one request too many: at most " + most + " are read");
    }
    return false;
  }

  private void add(int number, PredictionRequest request) {
    requests.add(request);
    lines.add(number);
  }

  private void bad(int number, String why) {
    if (badOnes++ < MOST_TOLD) {
      bad.add("line " + number + " " + Seen.line(why));
    }
  }
}
