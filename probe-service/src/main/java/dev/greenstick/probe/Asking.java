package dev.greenstick.probe;

import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.pace.Pace;
import dev.greenstick.probe.predict.Answer;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Outcome;
import dev.greenstick.probe.predict.Reply;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.Seen;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.window.CompleteWindow;
import dev.greenstick.probe.window.Windows;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open loop of one probe: sends what is intended, whatever became of what was sent before, and
 * counts every prediction once. For one thread at a time; time comes from the run's clock alone, so
 * a test may drive it with a clock of its own.
 */
final class Asking {

  /** What {@link #turn()} returns when there is nothing left to wake up for. */
  static final long NEVER = Long.MAX_VALUE;

  /** Hears of a probe's windows, on the probe's thread. */
  interface Listener {

    /** A window is complete; called in the order of the windows. */
    void window(CompleteWindow window);

    /** The baseline is over and taught what is right; called once, where there was something. */
    void learned(RightAnswers.Lesson lesson);

    /** There will be no more windows; called once. */
    void finished(int windows);
  }

  private final RunClock clock;
  private final Pace pace;
  private final long timeoutNanos;
  private final Conversation conversation;
  private final RightAnswers rightAnswers;
  private final Transport transport;
  private final Windows windows;
  private final Listener listener;

  // In the order of intended instants, and so, the timeout being one for all, of deadlines.
  private final Map<Long, Transport.Call> inFlight = new LinkedHashMap<>();
  private long next;
  private int lastWindows;
  private boolean finished;

  /**
   * @param mostWindows after so many windows the probe ends by itself
   */
  Asking(
      RunClock clock,
      Pace pace,
      Probe probe,
      Conversation conversation,
      RightAnswers rightAnswers,
      Transport transport,
      Windows windows,
      int mostWindows,
      Listener listener) {
    this.clock = clock;
    this.pace = pace;
    this.timeoutNanos = probe.timeout().toNanos();
    this.conversation = conversation;
    this.rightAnswers = rightAnswers;
    this.transport = transport;
    this.windows = windows;
    this.lastWindows = mostWindows;
    this.listener = listener;
    this.next = pace.countBefore(windows.completed() * Windows.NANOS);
  }

  /**
   * Does what is due: sends, gives up, hands out windows.
   *
   * @return the offset from the run's start at which the next turn is due, or {@link #NEVER}
   */
  long turn() {
    if (finished) {
      return NEVER;
    }
    learn();
    send();
    giveUp();
    handOut();
    return finished ? NEVER : nextDue();
  }

  /** Finishes the windows that were begun, and begins no more. */
  void stop() {
    turn();
    int begun = Math.max(0, Windows.indexAt(clock.offsetNanos()) + 1);
    lastWindows = Math.min(lastWindows, begun);
    handOut();
  }

  /** Ends now: windows that are not complete are not handed out. */
  void cut() {
    lastWindows = windows.completed();
    handOut();
  }

  int inFlight() {
    return inFlight.size();
  }

  private void send() {
    long end = lastWindows * Windows.NANOS;
    long intended = pace.offsetNanos(next);
    while (intended < end && intended <= clock.offsetNanos()) {
      long index = next++;
      long late = clock.offsetNanos() - intended;
      if (late >= timeoutNanos) {
        windows.notSent(index, late);
        windows.answered(
            index,
            new Answer.TimedOut("not sent: the prober was late by " + seconds(late)),
            timeoutNanos);
      } else {
        windows.sent(index, late);
        inFlight.put(
            index,
            transport.send(
                conversation.ask(index),
                Duration.ofNanos(timeoutNanos - late),
                outcome -> heard(index, outcome)));
      }
      intended = pace.offsetNanos(next);
    }
  }

  private void learn() {
    rightAnswers.lesson(clock.offsetNanos()).ifPresent(listener::learned);
  }

  private void heard(long index, Outcome outcome) {
    if (inFlight.remove(index) == null) {
      return;
    }
    learn();
    if (conversation.isStreamed() && outcome instanceof Outcome.Replied(var reply)) {
      firstToken(index, reply);
    }
    Answer answer =
        switch (outcome) {
          case Outcome.Replied(var reply) -> read(index, reply);
          case Outcome.Broken(String detail) -> new Answer.Refused(Seen.line(detail));
          case Outcome.Unusable(String detail) -> new Answer.Malformed(Seen.line(detail));
        };
    record(index, answer);
    handOut();
  }

  private Answer read(long index, Reply reply) {
    try {
      return rightAnswers.judged(index, conversation.read(index, reply), pace.offsetNanos(index));
    } catch (RuntimeException e) {
      // A reply that breaks its reader is still an answer, and its window must not wait for it.
      return new Answer.Malformed(Seen.line("cannot be read: " + e));
    }
  }

  private void record(long index, Answer answer) {
    long latency = clock.offsetNanos() - pace.offsetNanos(index);
    if (latency >= timeoutNanos) {
      windows.answered(index, timedOut(), timeoutNanos);
    } else {
      windows.answered(index, answer, latency);
    }
  }

  /** Counts when the first token came; that of an answer that is not whole counts too. */
  private void firstToken(long index, Reply reply) {
    long before = conversation.firstTokenNanosBeforeEnd(reply);
    if (before != Conversation.NO_TOKEN) {
      windows.firstToken(index, clock.offsetNanos() - pace.offsetNanos(index) - before);
    }
  }

  private void giveUp() {
    Iterator<Map.Entry<Long, Transport.Call>> oldest = inFlight.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Long, Transport.Call> call = oldest.next();
      long index = call.getKey();
      if (clock.offsetNanos() - pace.offsetNanos(index) < timeoutNanos) {
        return;
      }
      oldest.remove();
      if (conversation.isStreamed()) {
        call.getValue().soFar().ifPresent(reply -> firstToken(index, reply));
      }
      call.getValue().abandon();
      windows.answered(index, timedOut(), timeoutNanos);
    }
  }

  private Answer timedOut() {
    return new Answer.TimedOut("no whole answer within " + seconds(timeoutNanos));
  }

  private static String seconds(long nanos) {
    return Duration.ofNanos(nanos).toMillis() + " ms";
  }

  private void handOut() {
    if (finished) {
      return;
    }
    for (CompleteWindow window : windows.complete(clock.offsetNanos())) {
      if (window.index() < lastWindows) {
        listener.window(window);
      }
    }
    if (windows.completed() >= lastWindows) {
      finished = true;
      inFlight.values().forEach(Transport.Call::abandon);
      inFlight.clear();
      transport.close();
      listener.finished(lastWindows);
    }
  }

  private long nextDue() {
    long end = lastWindows * Windows.NANOS;
    long due = (windows.completed() + 1) * Windows.NANOS;
    if (due <= clock.offsetNanos()) {
      // Its second is over: an answer or a deadline completes it.
      due = NEVER;
    }
    long intended = pace.offsetNanos(next);
    if (intended < end) {
      due = Math.min(due, intended);
    }
    if (!inFlight.isEmpty()) {
      long oldest = inFlight.keySet().iterator().next();
      due = Math.min(due, pace.offsetNanos(oldest) + timeoutNanos);
    }
    return due;
  }
}
