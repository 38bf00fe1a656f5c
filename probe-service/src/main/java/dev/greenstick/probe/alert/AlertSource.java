package dev.greenstick.probe.alert;

import java.util.concurrent.CompletionStage;

/** Asks the feeds of one run. Safe for many threads; does not block. */
public interface AlertSource extends AutoCloseable {

  /**
   * Looks once at a feed that is asked; completes within seconds, and never exceptionally.
   *
   * @param feed its number
   */
  CompletionStage<Sight> look(int feed);

  /** Lets go of every connection. */
  @Override
  void close();
}
