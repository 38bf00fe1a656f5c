package dev.greenstick.probe.resume;

import java.time.Duration;
import java.time.Instant;

/** Where it is recorded what was commanded and emitted. */
@FunctionalInterface
public interface Records {

  /**
   * Everything that was recorded of runs that may still be going on. Blocks for as long as reading
   * takes.
   *
   * @param longest how long a run may last
   * @throws Away when the records cannot be read now, and may be later
   */
  Recollection recall(Duration longest, Instant now) throws Away;

  /** The records cannot be read now. */
  final class Away extends Exception {

    private static final long serialVersionUID = 1;

    public Away(Throwable cause) {
      super(cause);
    }
  }
}
