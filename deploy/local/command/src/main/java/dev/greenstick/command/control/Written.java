package dev.greenstick.command.control;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One document as somebody wrote it.
 *
 * @param file where it stands, as it was named
 * @param text the document; lines that belong to others before it are blank, so that its places are
 *     those of the file
 */
record Written(String file, String text) {

  /** A line that begins with this marker is never part of a value: YAML 1.2, 9.1.2. */
  private static final Pattern MARKER = Pattern.compile("^---(?=\\s|$)");

  private static final Pattern NOTHING = Pattern.compile("\\s*(#.*|\\.\\.\\.\\s*)?");

  /** The documents of a file, in YAML each after a line that begins with {@code ---}. */
  static List<Written> documents(String file, String text) {
    List<Written> documents = new ArrayList<>();
    List<String> lines = text.lines().toList();
    StringBuilder before = new StringBuilder();
    StringBuilder document = new StringBuilder();
    boolean empty = true;
    for (String line : lines) {
      Matcher marker = MARKER.matcher(line);
      boolean begins = marker.find();
      String rest = begins ? "   " + line.substring(marker.end()) : line;
      if (begins) {
        if (!empty) {
          documents.add(new Written(file, before.toString() + document));
        }
        before.append("\n".repeat((int) document.chars().filter(c -> c == '\n').count()));
        document.setLength(0);
        empty = true;
      }
      document.append(rest).append('\n');
      empty &= NOTHING.matcher(rest).matches();
    }
    if (!empty || documents.isEmpty()) {
      documents.add(new Written(file, before.toString() + document));
    }
    return documents;
  }
}
