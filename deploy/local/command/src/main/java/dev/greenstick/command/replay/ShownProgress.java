package dev.greenstick.command.replay;

import dev.greenstick.verdict.replay.Pace;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows how far it is: on a terminal in one line that changes, otherwise a line now and then. */
final class ShownProgress implements AutoCloseable {

  private static final int TERMINAL_MILLIS = 250;
  private static final int OTHERWISE_MILLIS = 5_000;

  private final Pace pace;
  private final PrintStream out;
  private final boolean terminal;
  private final ScheduledExecutorService shows;

  ShownProgress(Pace pace, PrintStream out, boolean terminal) {
    this.pace = pace;
    this.out = out;
    this.terminal = terminal;
    shows =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").daemon().factory());
    long every = terminal ? TERMINAL_MILLIS : OTHERWISE_MILLIS;
    var unused = shows.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
  }

  private void show() {
    if (terminal) {
      out.print("\r\u001b[K" + pace.shown());
      out.flush();
    } else {
      out.println(pace.shown());
    }
  }

  /** Something else to be said. */
  synchronized void say(String line) {
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
    System.out.println(line);
  }

  @Override
  public void close() {
    shows.shutdownNow();
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
