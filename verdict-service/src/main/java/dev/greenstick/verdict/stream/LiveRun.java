package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.Brake;

/** A run that is not judged yet, in memory. For one thread. */
final class LiveRun {

  private Progress progress;
  private Brake brake;
  private int unwritten;
  private boolean mustWrite;

  /**
   * @param progress null for a run of which nothing is known
   * @param brake null where there is none
   */
  LiveRun(Progress progress, Brake brake) {
    this.progress = progress;
    this.brake = brake;
  }

  /** How far it has come; null for a run of which nothing is known. */
  Progress progress() {
    return progress;
  }

  /** Its stop conditions while a fault is live; otherwise null. */
  Brake brake() {
    return brake;
  }

  /** Another one, or none: what was kept of the last one is out of date. */
  void brake(Brake made) {
    mustWrite |= made != brake;
    brake = made;
  }

  /** Whether what is written is not only behind, but wrong. */
  boolean mustWrite() {
    return mustWrite;
  }

  /** It has come further; how many changes of it are in memory alone. */
  int now(Progress after) {
    progress = after;
    return ++unwritten;
  }

  boolean isWritten() {
    return unwritten == 0;
  }

  void written() {
    unwritten = 0;
    mustWrite = false;
  }
}
