package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Evidence;
import java.util.Objects;

/** What a record turned out to be. */
sealed interface Inbound {

  /** An event of a run. */
  record Read(Evidence evidence) implements Inbound {

    public Read {
      Objects.requireNonNull(evidence, "evidence");
    }
  }

  /** Nothing that can be read, or nothing that can be true. */
  record Unread(Raw raw, String reason) implements Inbound {

    public Unread {
      Objects.requireNonNull(raw, "raw");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
