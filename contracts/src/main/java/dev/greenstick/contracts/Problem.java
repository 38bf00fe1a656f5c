package dev.greenstick.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * One thing that is wrong with what somebody wrote.
 *
 * @param path where, as dotted fields and indices from the document's root ({@code
 *     spec.probes[0].rate}); empty for the whole document
 * @param message what is wrong and what to do, in one sentence
 * @param line the line of the document, from 1; null where there is no document or no such place
 * @param column the column of that line, from 1; null where the line is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String path, String message, @MayBeMissing Integer line, @MayBeMissing Integer column) {

  public Problem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
    if ((line == null) != (column == null)) {
      throw new IllegalArgumentException("a place has both line and column: " + path);
    }
  }

  /** A problem of something that is no document, or of no certain place in it. */
  public Problem(String path, String message) {
    this(path, message, null, null);
  }

  @Override
  public String toString() {
    String said = path.isEmpty() ? message : path + ": " + message;
    return line == null
        ? said
        : said + " (line " + line + ", column " + column + " of the document)";
  }
}
