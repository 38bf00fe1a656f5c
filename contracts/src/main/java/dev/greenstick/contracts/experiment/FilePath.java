package dev.greenstick.contracts.experiment;

/** Reads the path of a file beneath a directory that the probe's settings name. */
final class FilePath {

  private static final int LONGEST = 255;

  private FilePath() {}

  /** The path at this place; null when it is absent or leads elsewhere. */
  static String of(Cursor at) {
    String path = at.text();
    if (path == null) {
      return null;
    }
    boolean inside =
        path.length() <= LONGEST
            && path.chars().allMatch(c -> c >= ' ' && c != '\\')
            && !path.startsWith("/")
            && java.util.Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!inside) {
      at.problem(
          "must be a path like questions.jsonl beneath the probe's directory of inputs"
              + at.described());
      return null;
    }
    return path;
  }
}
