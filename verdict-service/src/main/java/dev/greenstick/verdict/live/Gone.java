package dev.greenstick.verdict.live;

/** A subscriber comes back to a place from which Kafka keeps no records any more. */
public final class Gone extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Gone(String reason) {
    super(reason, null, false, false);
  }
}
