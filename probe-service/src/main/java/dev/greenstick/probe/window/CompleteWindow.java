package dev.greenstick.probe.window;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.ProbeName;
import java.time.Instant;

/** A window that nothing is added to any more, to be handed to whatever thread writes it down. */
public final class CompleteWindow {

  private final RunRef run;
  private final ProbeName probe;
  private final int index;
  private final Instant start;
  private final Tally tally;

  CompleteWindow(RunRef run, ProbeName probe, int index, Instant start, Tally tally) {
    this.run = run;
    this.probe = probe;
    this.index = index;
    this.start = start;
    this.tally = tally;
  }

  /** The window's number, from 0. */
  public int index() {
    return index;
  }

  /** The event; takes a while, since latencies are encoded. */
  public HealthWindow written() {
    return new HealthWindow(
        run,
        probe,
        index,
        start,
        tally.answers(),
        tally.encodedLatency(),
        tally.labels(),
        tally.latenessMicros(),
        tally.exemplars(),
        tally.unjudged(),
        tally.encodedLatencies(),
        tally.encodedFirstToken(),
        tally.isLate(),
        tally.notSent());
  }
}
