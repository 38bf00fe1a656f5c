package dev.greenstick.contracts;

import java.util.Objects;

/**
 * One thing that is wrong with what somebody wrote.
 *
 * @param path where, as dotted fields and indices from the document's root ({@code
 *     spec.probes[0].rate}); empty for the whole document
 * @param message what is wrong and what to do, in one sentence
 */
public record Problem(String path, String message) {

  public Problem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
