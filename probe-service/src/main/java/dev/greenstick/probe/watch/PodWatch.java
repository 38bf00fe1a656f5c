package dev.greenstick.probe.watch;

/** The watch over one run's pods. Safe for many threads. */
public interface PodWatch extends AutoCloseable {

  /** Whether every pod's state was seen and is followed. */
  boolean isUp();

  /** Watches no more; nothing is told after this returned. */
  @Override
  void close();
}
