package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.run.RunEvent;
import java.util.Objects;

/** What admission makes of a run that is due. */
public sealed interface Ruling {

  /** Everything was said of it before. */
  record Known() implements Ruling {}

  /** It takes place, or it does not: the event says which. */
  record Say(RunEvent event) implements Ruling {

    public Say {
      Objects.requireNonNull(event, "event");
    }
  }

  /** It takes the place of those that go on, once they have ended. */
  record Succeed() implements Ruling {}
}
