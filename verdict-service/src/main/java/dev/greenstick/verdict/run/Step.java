package dev.greenstick.verdict.run;

import dev.greenstick.verdict.history.Progress;
import java.util.Objects;
import java.util.Set;

/**
 * What an event comes to.
 *
 * @param after how far the run has come with it
 * @param due what is to be judged now
 */
public record Step(Progress after, Set<Due> due) {

  public Step {
    Objects.requireNonNull(after, "after");
    due = Set.copyOf(due);
  }
}
