package dev.greenstick.verdict.intake;

import dev.greenstick.verdict.history.Evidence;
import java.util.Objects;

/** What a record turned out to be. */
public sealed interface Taken {

  /** An event of a run. */
  record Read(Evidence evidence) implements Taken {

    public Read {
      Objects.requireNonNull(evidence, "evidence");
    }
  }

  /** Nothing that can be read, or nothing that can be true; the reason is one line. */
  record Unread(String reason) implements Taken {

    public Unread {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
