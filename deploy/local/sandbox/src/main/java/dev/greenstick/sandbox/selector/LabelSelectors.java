package dev.greenstick.sandbox.selector;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label selectors in both of their spellings: the string of a URL and the object of a spec. */
public final class LabelSelectors {

  private static final Pattern SET_BASED =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*([^\\s=!]+)\\s*(==|=|!=)\\s*(\\S*)\\s*");
  private static final Pattern EXISTENCE = Pattern.compile("\\s*(!?)\\s*([^\\s=!(),]+)\\s*");

  private LabelSelectors() {}

  /** One condition; a selector is met when all of its conditions are. */
  sealed interface Requirement {
    boolean met(Map<String, String> labels);
  }

  record In(String key, List<String> values) implements Requirement {
    @Override
    public boolean met(Map<String, String> labels) {
      return labels.containsKey(key) && values.contains(labels.get(key));
    }
  }

  /** Met too where the label is missing, as Kubernetes has it. */
  record NotIn(String key, List<String> values) implements Requirement {
    @Override
    public boolean met(Map<String, String> labels) {
      return !labels.containsKey(key) || !values.contains(labels.get(key));
    }
  }

  record Exists(String key) implements Requirement {
    @Override
    public boolean met(Map<String, String> labels) {
      return labels.containsKey(key);
    }
  }

  record DoesNotExist(String key) implements Requirement {
    @Override
    public boolean met(Map<String, String> labels) {
      return !labels.containsKey(key);
    }
  }

  /**
   * Reads {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}.
   *
   * @param text null or blank takes in everything
   * @throws IllegalArgumentException with the part that cannot be read
   */
  public static Predicate<Map<String, String>> parse(String text) {
    if (text == null || text.isBlank()) {
      return labels -> true;
    }
    return all(split(text).stream().map(LabelSelectors::requirement).toList());
  }

  /** The selector of a spec; null takes in nothing, an empty one everything. */
  public static Predicate<Map<String, String>> of(LabelSelector selector) {
    if (selector == null) {
      return labels -> false;
    }
    List<Requirement> requirements = new ArrayList<>();
    if (selector.getMatchLabels() != null) {
      selector
          .getMatchLabels()
          .forEach((key, value) -> requirements.add(new In(key, List.of(value))));
    }
    selector
        .getMatchExpressions()
        .forEach(
            expression ->
                requirements.add(
                    requirement(
                        expression.getKey(), expression.getOperator(), expression.getValues())));
    return all(requirements);
  }

  private static Requirement requirement(String key, String operator, List<String> values) {
    return switch (operator) {
      case "In" -> new In(key, values);
      case "NotIn" -> new NotIn(key, values);
      case "Exists" -> new Exists(key);
      case "DoesNotExist" -> new DoesNotExist(key);
      default ->
          throw new IllegalArgumentException(
              "\"" + operator + "\" is not a valid label selector operator");
    };
  }

  private static Predicate<Map<String, String>> all(List<Requirement> requirements) {
    return labels -> requirements.stream().allMatch(requirement -> requirement.met(labels));
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Requirement requirement(String part) {
    Matcher set = SET_BASED.matcher(part);
    if (set.matches()) {
      List<String> values =
          Pattern.compile(",").splitAsStream(set.group(3)).map(String::strip).toList();
      return set.group(2).equals("in")
          ? new In(set.group(1), values)
          : new NotIn(set.group(1), values);
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      List<String> values = List.of(equality.group(3));
      return equality.group(2).equals("!=")
          ? new NotIn(equality.group(1), values)
          : new In(equality.group(1), values);
    }
    Matcher existence = EXISTENCE.matcher(part);
    if (existence.matches()) {
      return existence.group(1).isEmpty()
          ? new Exists(existence.group(2))
          : new DoesNotExist(existence.group(2));
    }
    throw new IllegalArgumentException("unable to parse requirement: \"" + part.strip() + "\"");
  }
}
