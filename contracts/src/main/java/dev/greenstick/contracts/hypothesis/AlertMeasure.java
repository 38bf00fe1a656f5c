package dev.greenstick.contracts.hypothesis;

import static dev.greenstick.contracts.hypothesis.Unit.COUNT;
import static dev.greenstick.contracts.hypothesis.Unit.SECONDS;

/** What is known of an alert. The firing that counts is the first after the first fault began. */
public enum AlertMeasure {
  FIRED("fired", COUNT, "how often the alert fired after the first fault began"),
  TIME_TO_FIRE("timeToFire", SECONDS, "from the beginning of the first fault until it fired"),
  TIME_TO_ACKNOWLEDGE(
      "timeToAcknowledge", SECONDS, "from when it fired until somebody took note of it"),
  TIME_TO_RESOLVE("timeToResolve", SECONDS, "from when it fired until it was resolved");

  private final String word;
  private final Unit unit;
  private final String meaning;

  AlertMeasure(String word, Unit unit, String meaning) {
    this.word = word;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The fact's name after the alert's. */
  public String word() {
    return word;
  }

  /** The unit of its figures. */
  public Unit unit() {
    return unit;
  }

  /** What it is, in a phrase. */
  public String meaning() {
    return meaning;
  }
}
