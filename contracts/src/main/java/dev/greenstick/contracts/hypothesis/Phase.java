package dev.greenstick.contracts.hypothesis;

/**
 * The spans of a run that have facts of their own, cut by what happened and not by what was
 * planned.
 */
public enum Phase {
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

  /** How the hypothesis names it. */
  public String word() {
    return word;
  }

  /** When it is, to follow a noun. */
  public String meaning() {
    return meaning;
  }
}
