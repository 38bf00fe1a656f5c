package dev.greenstick.contracts.hypothesis;

/**
 * The spans of a run that have facts of their own, cut by what happened and not by what was
 * planned.
 */
public enum Phase implements Span {
  /** Before the first fault. */
  BASELINE("baseline", "before the first fault began"),
  /** While at least one fault was live. */
  FAULT("fault", "while a fault was live"),
  /** After the last fault ended. */
  RECOVERY("recovery", "after the last fault was reverted"),
  /** The whole run. */
  RUN("run", "in the whole run");

  private final String word;
  private final String meaning;

  Phase(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
