package dev.greenstick.contracts.hypothesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with an assertion, and where. For one thread. */
final class Complaints {

  private final String text;
  private final List<Complaint> all = new ArrayList<>();

  Complaints(String text) {
    this.text = text;
  }

  /**
   * @param line counts from 1
   * @param column counts characters from 1
   * @param message what is wrong
   */
  record Complaint(int line, int column, String message) {

    @Override
    public String toString() {
      return "line " + line + ", column " + column + ": " + message;
    }
  }

  /** At an index of the text. */
  void at(int index, String message) {
    int lineStart = text.lastIndexOf('\n', index - 1) + 1;
    int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    in(line, text.codePointCount(lineStart, Math.min(index, text.length())) + 1, message);
  }

  /** At a place that CEL counts in code points. */
  void atPlace(int place, String message) {
    at(text.offsetByCodePoints(0, Math.min(place, text.codePointCount(0, text.length()))), message);
  }

  void in(int line, int column, String message) {
    all.add(new Complaint(line, column, message));
  }

  /** In the order of the text, each once. */
  List<Complaint> all() {
    return all.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Complaint::line).thenComparingInt(Complaint::column))
        .toList();
  }
}
