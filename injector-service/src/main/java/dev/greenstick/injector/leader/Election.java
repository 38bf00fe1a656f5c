package dev.greenstick.injector.leader;

import java.time.Instant;

/** How injectors of a cluster agree on who leads; tells {@link Leadership}. */
public interface Election {

  /**
   * Stands for election until {@link #leave}. Returns at once.
   *
   * @param leads called when this injector begins to lead; quick
   * @param standsBy called when it ceases to; quick
   */
  void start(Runnable leads, Runnable standsBy);

  /** Whether another injector waits to take over. Blocks. */
  boolean hasStandby();

  /** Gives the lead up, so that a standby need not wait for it to expire. Blocks. */
  void leave();

  /** Everybody's own leader: for an injector that is the only one of its cluster. */
  static Election alone(Leadership leadership) {
    return new Election() {
      @Override
      public void start(Runnable leads, Runnable standsBy) {
        leadership.holds(Instant.MAX);
        leads.run();
      }

      @Override
      public boolean hasStandby() {
        return false;
      }

      @Override
      public void leave() {
        leadership.lost();
      }
    };
  }
}
