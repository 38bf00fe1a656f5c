package dev.greenstick.probe.alert;

import java.util.List;
import java.util.Objects;

/** What came of looking for alerts once. */
public sealed interface Sight {

  /** These fire, and no others. */
  record Seen(List<Firing> firing) implements Sight {

    public Seen {
      firing = List.copyOf(firing);
    }
  }

  /**
   * There was no answer that says what fires.
   *
   * @param reason what there was instead, in one bounded line
   */
  record Unanswered(String reason) implements Sight {

    public Unanswered {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
