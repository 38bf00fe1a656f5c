package dev.greenstick.command.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.greenstick.contracts.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command answers, in each of the forms.
 *
 * @param value for programs
 * @param lines for people
 */
record Answer(JsonNode value, List<String> lines) {

  private static final String GAP = "   ";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  Answer {
    lines = List.copyOf(lines);
  }

  /** A table: the first row is its head. */
  static Answer table(JsonNode value, List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return new Answer(value, lines);
  }

  /** The text in a form, with its last line's end. */
  String in(Format format) {
    try {
      return switch (format) {
        case json ->
            Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        case yaml -> YAML.writeValueAsString(value);
        case table -> lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
