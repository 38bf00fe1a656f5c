package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.greenstick.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression that texts are held against. RE2 looks at each character once for each of
 * its instructions, whatever the text, so what a pattern may cost is bounded by bounding those; its
 * own translation is bounded too, since repetitions within repetitions multiply.
 */
public final class TextPattern {

  /** The longest pattern, in characters. */
  static final int LONGEST = 1_000;

  /** The most instructions that a pattern may become. */
  static final int MOST_INSTRUCTIONS = 1_000;

  /** The most steps that holding a text against a pattern may take: about a tenth of a second. */
  static final long MOST_STEPS = 10_000_000;

  private static final long MOST_TO_TRANSLATE = 500_000;

  private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

  private final Pattern pattern;

  private TextPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * The pattern that a text is.
   *
   * @throws IllegalArgumentException with the reason why it is none
   */
  public static TextPattern of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must have at most " + LONGEST + " characters");
    }
    if (toTranslate(text) > MOST_TO_TRANSLATE) {
      throw new IllegalArgumentException("repeats too much; lower the counts in braces");
    }
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.programSize() > MOST_INSTRUCTIONS) {
        throw new IllegalArgumentException(
            "comes to %d instructions, more than %d; lower the counts in braces"
                .formatted(pattern.programSize(), MOST_INSTRUCTIONS));
      }
      return new TextPattern(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no regular expression of RE2: " + e.getMessage(), e);
    }
  }

  /** Why a text is no pattern; empty where it is one. */
  public static Optional<String> problem(String text) {
    try {
      var unused = of(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Every text of what a request expects that is to be a pattern and is none.
   *
   * @param expected what is expected
   * @param compare how outputs are compared, as {@link Probe#compare()}
   * @return problems with paths like {@code expect.label[0]}
   */
  public static List<Problem> problems(JsonNode expected, Map<String, Tolerance> compare) {
    List<Problem> problems = new ArrayList<>();
    if (!expected.isObject()) {
      within("expect", expected, "", compare, problems);
    }
    for (Map.Entry<String, JsonNode> output : expected.properties()) {
      String path = Cursor.path("expect", output.getKey());
      within(path, output.getValue(), output.getKey(), compare, problems);
    }
    return problems;
  }

  private static void within(
      String path,
      JsonNode expected,
      String output,
      Map<String, Tolerance> compare,
      List<Problem> problems) {
    Tolerance others = compare.getOrDefault("*", Tolerance.DEFAULT);
    if (compare.getOrDefault(output, others).text() == Tolerance.Text.PATTERN) {
      within(path, expected, problems);
    }
  }

  private static void within(String path, JsonNode expected, List<Problem> problems) {
    if (expected.isTextual()) {
      problem(expected.textValue()).ifPresent(why -> problems.add(new Problem(path, why)));
    }
    for (int i = 0; expected.isArray() && i < expected.size(); i++) {
      within(path + "[" + i + "]", expected.get(i), problems);
    }
    expected
        .properties()
        .forEach(field -> within(Cursor.path(path, field.getKey()), field.getValue(), problems));
  }

  /** More than a text can become: as if each of its counts were within all others. */
  private static long toTranslate(String text) {
    double most = text.length();
    for (Matcher count = COUNT.matcher(text); count.find(); ) {
      String last = count.group(2) == null || count.group(2).isEmpty() ? "1" : count.group(2);
      most *= Math.max(1, Math.max(Integer.parseInt(count.group(1)), Integer.parseInt(last)));
    }
    return (long) most;
  }

  /** Whether a text is short enough to be held against it. */
  public boolean fits(String text) {
    return (long) text.length() * pattern.programSize() <= MOST_STEPS;
  }

  /** Whether it is found in a text that {@linkplain #fits fits}; elsewhere it never is. */
  public boolean isIn(String text) {
    return fits(text) && pattern.matcher(text).find();
  }
}
