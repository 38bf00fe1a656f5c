package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the fold counts. */
final class Counters {

  private final MeterRegistry meters;
  private final Counter events;
  private final Counter again;
  private final Counter contradictory;
  private final Counter late;
  private final Counter deadlines;
  private final Counter past;
  private final Counter gone;
  private final Timer untilVerdict;

  Counters(MeterRegistry meters) {
    this.meters = meters;
    events = meters.counter("greenstick.verdict.events");
    again = meters.counter("greenstick.verdict.events.again");
    contradictory = meters.counter("greenstick.verdict.events.contradictory");
    late = meters.counter("greenstick.verdict.events.late");
    deadlines = meters.counter("greenstick.verdict.deadlines");
    past = meters.counter("greenstick.verdict.events.past");
    gone = meters.counter("greenstick.verdict.runs.gone");
    untilVerdict =
        Timer.builder("greenstick.verdict.after.last.event")
            .description("from the time that the last event's writer gave it to the verdict")
            .publishPercentiles(0.5, 0.99)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(meters);
  }

  void event() {
    events.increment();
  }

  /** The same event came again. */
  void again() {
    again.increment();
  }

  /** Another body at the place of an earlier event. */
  void contradictory() {
    contradictory.increment();
  }

  /** An event after the verdict, which does not change it. */
  void late() {
    late.increment();
  }

  /** A run was judged by what was there when time was up. */
  void deadline() {
    deadlines.increment();
  }

  /** An event of a run that is older than what is kept. */
  void past() {
    past.increment();
  }

  /** A run left the stores. */
  void letGo() {
    gone.increment();
  }

  void afterLastEvent(long millis) {
    untilVerdict.record(Duration.ofMillis(Math.max(0, millis)));
  }

  void handedDown(VerdictEvent event) {
    switch (event) {
      case BaselineJudged judged -> count("baseline-judged", judged.steadiness().name());
      case StopConditionBreached _ -> count("stop-condition-breached", "BREACHED");
      case VerdictReached reached -> count("verdict-reached", reached.outcome().name());
    }
  }

  private void count(String type, String outcome) {
    meters.counter("greenstick.verdict.handed.down", "type", type, "outcome", outcome).increment();
  }
}
