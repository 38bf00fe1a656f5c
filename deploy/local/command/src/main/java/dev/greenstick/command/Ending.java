package dev.greenstick.command;

import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.command.outcome.ExitStatus;
import dev.greenstick.command.parts.Parts;
import dev.greenstick.command.parts.Workplace;
import dev.greenstick.command.screen.Screen;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sees to it that nothing is left, however the demo ends: by itself, by a failure, or by a signal
 * at any moment.
 */
final class Ending {

  private static final long POLL_MILLIS = 500;

  private final Workplace workplace;
  private final Parts parts;
  private final CountDownLatch never = new CountDownLatch(1);

  private volatile boolean signalled;
  private volatile Screen screen;
  private volatile Runnable first = () -> {};
  private volatile ExitStatus status;

  // Guarded by this.
  private boolean stopped;

  Ending(Workplace workplace, Parts parts) {
    this.workplace = workplace;
    this.parts = parts;
    Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "ending"));
  }

  Workplace workplace() {
    return workplace;
  }

  Parts parts() {
    return parts;
  }

  /** Restores this screen at the end. */
  Screen own(Screen opened) {
    screen = opened;
    return opened;
  }

  /** Does this first when a signal ends the demo; bounded. */
  void beforeStopping(Runnable action) {
    first = action;
  }

  /** From here on a signal is the wanted end: the exit status is the verdict's. */
  void after(ExitStatus verdict) {
    status = verdict;
  }

  /**
   * Waits for a signal.
   *
   * @throws CouldNotRun when a part dies first
   */
  void await(Supplier<Optional<CouldNotRun>> death) throws CouldNotRun, InterruptedException {
    while (!never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      Optional<CouldNotRun> dead = death.get();
      if (dead.isPresent()) {
        throw dead.get();
      }
    }
  }

  /** Everything went as it should: nothing is left. */
  void well() throws InterruptedException {
    leaveToSignal();
    stop(true);
  }

  /** Something could not run: its directory is left to be read, and nothing else. */
  CouldNotRun badly(CouldNotRun reason) throws InterruptedException {
    leaveToSignal();
    stop(false);
    return new CouldNotRun(reason.getMessage() + " (logs: " + workplace.directory() + ")", reason);
  }

  /**
   * Does not return when a signal has come: what fails because everything is being stopped is no
   * failure.
   */
  void leaveToSignal() throws InterruptedException {
    if (signalled) {
      never.await();
    }
  }

  private void signalled() {
    signalled = true;
    if (!isStopped()) {
      closeScreen();
      first.run();
      stop(true);
    }
    if (status != null) {
      Runtime.getRuntime().halt(status.code());
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void stop(boolean remove) {
    if (stopped) {
      return;
    }
    stopped = true;
    closeScreen();
    parts.close();
    if (remove) {
      workplace.remove();
    } else {
      workplace.keep();
    }
  }

  private void closeScreen() {
    if (screen != null) {
      screen.close();
    }
  }
}
