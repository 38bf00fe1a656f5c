package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.Problem;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where the fields and texts of a document stand in it. Immutable. */
public final class Places {

  /** Of something that was not read from a document. */
  public static final Places UNKNOWN = new Places(Map.of(), Map.of(), List.of());

  private final Map<String, Place> starts;
  private final Map<String, ScalarNode> scalars;
  private final List<String> lines;

  private Places(Map<String, Place> starts, Map<String, ScalarNode> scalars, List<String> lines) {
    this.starts = starts;
    this.scalars = scalars;
    this.lines = lines;
  }

  /** A place in a document, both counted from 1. */
  public record Place(int line, int column) {

    static Place of(Mark mark) {
      return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  /** Of a document that {@link ExperimentReader} takes, YAML or JSON; of another one nothing. */
  public static Places of(String document) {
    String content = document.startsWith("\uFEFF") ? document.substring(1) : document;
    if (content.stripLeading().startsWith("{")) {
      // JSON may be indented with tabs, YAML may not; the places stay the same.
      content = content.replace('\t', ' ');
    }
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(Document.LARGEST_BYTES);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(Document.DEEPEST);
    try {
      Node root = new Yaml(limits).compose(new StringReader(content));
      if (root == null) {
        return UNKNOWN;
      }
      Map<String, Place> starts = new HashMap<>();
      Map<String, ScalarNode> scalars = new HashMap<>();
      starts.put("", Place.of(root.getStartMark()));
      collect(root, "", starts, scalars);
      return new Places(starts, scalars, content.lines().toList());
    } catch (YAMLException e) {
      return UNKNOWN;
    }
  }

  private static void collect(
      Node node, String path, Map<String, Place> starts, Map<String, ScalarNode> scalars) {
    if (node instanceof ScalarNode scalar) {
      scalars.put(path, scalar);
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        Node element = sequence.getValue().get(i);
        String at = path + "[" + i + "]";
        starts.put(at, Place.of(element.getStartMark()));
        collect(element, at, starts, scalars);
      }
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String at = Cursor.path(path, key.getValue());
          starts.put(at, Place.of(key.getStartMark()));
          collect(entry.getValueNode(), at, starts, scalars);
        }
      }
    }
  }

  /**
   * The problem with where its field's name stands, or its element begins; for one that is not
   * there, where the nearest one around it does. As it is when it has a place already, or when
   * nothing is known of the document.
   */
  public Problem located(Problem problem) {
    return problem.line() != null
        ? problem
        : nearest(problem.path())
            .map(
                place ->
                    new Problem(problem.path(), problem.message(), place.line(), place.column()))
            .orElse(problem);
  }

  private Optional<Place> nearest(String written) {
    String path = written;
    while (!path.isEmpty() && !starts.containsKey(path)) {
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return Optional.ofNullable(starts.get(path));
  }

  /**
   * The place in the document of a place in a text of it; empty where the text is written so that
   * its places are not those of the document (folded, or with escapes before it).
   *
   * @param path the text's path, for example {@code spec.hypothesis.assertions[0]}
   * @param line within the text, from 1
   * @param column within the line, from 1
   */
  public Optional<Place> within(String path, int line, int column) {
    ScalarNode scalar = scalars.get(path);
    if (scalar == null) {
      return Optional.empty();
    }
    int startLine = scalar.getStartMark().getLine();
    int startColumn = scalar.getStartMark().getColumn();
    if (scalar.getScalarStyle() == ScalarStyle.LITERAL) {
      return inBlock(startLine, line, column);
    }
    boolean isOneLine = scalar.getEndMark().getLine() == startLine;
    boolean isPlain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    int quote = isPlain ? 0 : 1;
    int written = scalar.getEndMark().getColumn() - startColumn - 2 * quote;
    boolean isVerbatim =
        isOneLine
            && line == 1
            && written == scalar.getValue().codePointCount(0, scalar.getValue().length());
    return isVerbatim
        ? Optional.of(new Place(startLine + 1, startColumn + quote + column))
        : Optional.of(new Place(startLine + 1, startColumn + 1));
  }

  /** In a block of lines behind {@code |}: its text begins on the next line, indented. */
  private Optional<Place> inBlock(int startLine, int line, int column) {
    int at = startLine + 1;
    while (at < lines.size() && lines.get(at).isBlank()) {
      at++;
    }
    if (at >= lines.size() || startLine + line >= lines.size()) {
      return Optional.empty();
    }
    String first = lines.get(at);
    int indent = first.length() - first.stripLeading().length();
    return Optional.of(new Place(startLine + line + 1, indent + column));
  }
}
