package dev.greenstick.probe.watch;

import java.util.Optional;

/** The watch over one run's pods. Safe for many threads. */
public interface PodWatch extends AutoCloseable {

  /** Why not every pod is followed, in one line; empty while they all are. */
  Optional<String> problem();

  /** Watches no more; nothing is told after this returned. */
  @Override
  void close();
}
