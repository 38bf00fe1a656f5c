package dev.greenstick.command.display;

import dev.greenstick.contracts.health.Answers;
import java.util.ArrayList;
import java.util.List;

/** How predictions were answered, in words. */
final class AnswerWords {

  private AnswerWords() {}

  /** The failures that there were, for example {@code 3 refused, 1 timed out}; empty for none. */
  static String failures(Answers answers) {
    List<String> words = new ArrayList<>();
    add(words, answers.wrong(), "wrong");
    add(words, answers.malformed(), "malformed");
    add(words, answers.refused(), "refused");
    add(words, answers.timedOut(), "timed out");
    add(words, answers.serverError(), "server errors");
    add(words, answers.clientError(), "client errors");
    return String.join(", ", words);
  }

  private static void add(List<String> words, long count, String what) {
    if (count > 0) {
      words.add(Figures.count(count) + " " + what);
    }
  }
}
