package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.experiment.RequestsFrom.Format;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads where requests come from, and how predictions are held against what is right. */
final class RightAnswersReader {

  private RightAnswersReader() {}

  /** The file of requests at this place; null when it is absent or has a problem. */
  static RequestsFrom from(Cursor at) {
    if (!at.isPresent() || !at.isObject("file", "format", "inputs", "expect")) {
      return null;
    }
    int before = at.problems();
    Cursor file = at.required("file", "write the file's path beneath the probe's inputs");
    String path = FilePath.of(file);
    Format format = at.field("format").oneOf(Format.class);
    if (path != null && !at.field("format").isPresent()) {
      format = byName(path);
      if (format == null) {
        at.field("format")
            .problem("is missing, and the file's name ends in neither; write jsonl or csv");
      }
    }
    Cursor inputs = at.field("inputs");
    Cursor expect = at.field("expect");
    if (format == Format.CSV && !inputs.isPresent()) {
      inputs.problem("is missing; write what a line becomes, with {column} for its values");
    }
    if (expect.isPresent() && !inputs.isPresent() && format == Format.JSON_LINES) {
      expect.problem("is for lines that inputs are written for; else each line has its own");
    }
    return at.problems() > before
        ? null
        : new RequestsFrom(
            path,
            format,
            inputs.isPresent() ? inputs.node() : null,
            expect.isPresent() ? expect.node() : null);
  }

  private static Format byName(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return Format.CSV;
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Format.JSON_LINES : null;
  }

  /** How each output is compared; empty where nothing is said. */
  static Map<String, Tolerance> compare(Cursor at) {
    if (!at.isPresent()) {
      return Map.of();
    }
    if (!at.node().isObject()) {
      at.problem(
          "must be an object from output name, or '*' for the others, to tolerances"
              + at.described());
      return Map.of();
    }
    Map<String, Tolerance> byOutput = new LinkedHashMap<>();
    at.node()
        .fieldNames()
        .forEachRemaining(
            name -> {
              Tolerance tolerance = tolerance(at.field(name));
              if (tolerance != null) {
                byOutput.put(name, tolerance);
              }
            });
    return byOutput;
  }

  private static Tolerance tolerance(Cursor at) {
    if (!at.isObject("absolute", "relative", "nan", "text", "label")) {
      return null;
    }
    int before = at.problems();
    Double absolute = atLeastZero(at.field("absolute"));
    Double relative = atLeastZero(at.field("relative"));
    Tolerance.Nan nan = at.field("nan").oneOf(Tolerance.Nan.class);
    Tolerance.Text text = at.field("text").oneOf(Tolerance.Text.class);
    Cursor label = at.field("label");
    if (label.isPresent() && !label.node().isBoolean()) {
      label.problem("must be true or false" + label.described());
    }
    return at.problems() > before
        ? null
        : new Tolerance(
            absolute, relative, nan, text, label.isPresent() ? label.node().asBoolean() : null);
  }

  private static Double atLeastZero(Cursor at) {
    if (!at.isPresent()) {
      return null;
    }
    double value = at.node().isNumber() ? at.node().doubleValue() : Double.NaN;
    if (!(value >= 0 && Double.isFinite(value))) {
      at.problem("must be a number, 0 or more" + at.described());
    }
    return value;
  }

  /** Reports every expected text that is to be a pattern and is none. */
  static void patterns(Cursor requests, Map<String, Tolerance> compare) {
    for (Cursor request : requests.elements()) {
      Cursor expect = request.field("expect");
      if (expect.isPresent()) {
        request.problems(TextPattern.problems(expect.node(), compare));
      }
    }
  }
}
