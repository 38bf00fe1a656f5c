package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a JSON document something is: of <a href="https://www.rfc-editor.org/rfc/rfc9535">RFC
 * 9535</a> the names, the indices, from the end too, and the wildcard; no slices, filters and
 * descendants. With a wildcard it is the list of all that match.
 */
public final class PredictionPath {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<name>[A-Za-z_][A-Za-z0-9_-]*)|\\[(?<index>-?[0-9]{1,9})]"
              + "|\\['(?<single>[^'\\\\]+)']|\\[\"(?<double>[^\"\\\\]+)\"]|(?<all>\\.\\*|\\[\\*])");

  private sealed interface Step {

    record Name(String name) implements Step {}

    record Index(int index) implements Step {}

    record All() implements Step {}
  }

  private final List<Step> steps;
  private final boolean many;

  private PredictionPath(List<Step> steps) {
    this.steps = List.copyOf(steps);
    this.many = steps.stream().anyMatch(Step.All.class::isInstance);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException when it is none, with what to write instead
   */
  public static PredictionPath of(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("must begin with $, like $.predictions[0].label");
    }
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "is no path of names, indices and * from character %d on; write one like $.predictions[0].label"
                .formatted(at + 1));
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    return new PredictionPath(steps);
  }

  private static Step step(Matcher matcher) {
    if (matcher.group("index") != null) {
      return new Step.Index(Integer.parseInt(matcher.group("index")));
    }
    if (matcher.group("all") != null) {
      return new Step.All();
    }
    for (String group : List.of("name", "single")) {
      if (matcher.group(group) != null) {
        return new Step.Name(matcher.group(group));
      }
    }
    return new Step.Name(matcher.group("double"));
  }

  /** What is there in a document; empty when there is nothing. */
  public Optional<JsonNode> in(JsonNode document) {
    List<JsonNode> found = List.of(document);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        follow(step, node, next);
      }
      found = next;
    }
    if (many) {
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(JsonNodeFactory.instance.arrayNode().addAll(found));
    }
    return found.stream().findFirst();
  }

  private static void follow(Step step, JsonNode node, List<JsonNode> into) {
    if (step instanceof Step.All) {
      node.forEach(into::add);
      return;
    }
    JsonNode child = null;
    if (step instanceof Step.Name name) {
      child = node.get(name.name());
    } else if (step instanceof Step.Index index && node.isArray()) {
      child = node.get(index.index() < 0 ? node.size() + index.index() : index.index());
    }
    if (child != null) {
      into.add(child);
    }
  }
}
