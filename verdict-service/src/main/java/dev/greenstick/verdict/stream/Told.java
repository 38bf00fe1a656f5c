package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Progress;
import java.time.Instant;
import java.util.Objects;

/** What the fold tells those after it. */
sealed interface Told {

  /** Something was judged. */
  record Judged(Event<? extends VerdictEvent> event) implements Told {

    public Judged {
      Objects.requireNonNull(event, "event");
    }
  }

  /**
   * A run is to be listed, or to be listed elsewhere.
   *
   * @param progress how far it has come
   * @param at the time of the event that says so
   */
  record Stands(Progress progress, Instant at) implements Told {

    public Stands {
      Objects.requireNonNull(progress, "progress");
      Objects.requireNonNull(at, "at");
    }
  }

  /** An event came after the verdict, which does not change it. */
  record Late(Evidence evidence) implements Told {

    public Late {
      Objects.requireNonNull(evidence, "evidence");
    }
  }
}
