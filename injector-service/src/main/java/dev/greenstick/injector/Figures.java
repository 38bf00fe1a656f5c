package dev.greenstick.injector;

import dev.greenstick.injector.command.Decision.Why;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** What the injector measures of itself. */
public final class Figures {

  private final MeterRegistry registry;
  private final Timer commandToCall;
  private final Timer revertLateness;

  public Figures(MeterRegistry registry) {
    this.registry = registry;
    this.commandToCall =
        Timer.builder("greenstick.injector.command.to.call")
            .description("From fault.inject read to the first API call that touches a pod")
            .publishPercentiles(0.5, 0.9, 0.99)
            .publishPercentileHistogram()
            .register(registry);
    this.revertLateness =
        Timer.builder("greenstick.injector.revert.lateness")
            .description("From a fault's own deadline to its last revert call")
            .publishPercentiles(0.5, 0.9, 0.99)
            .publishPercentileHistogram()
            .register(registry);
  }

  /** From now on it is seen whether this injector leads. */
  void leads(BooleanSupplier leads) {
    Gauge gauge =
        Gauge.builder("greenstick.injector.leader", () -> leads.getAsBoolean() ? 1 : 0)
            .description("1 while this injector leads, 0 while it stands by")
            .register(registry);
    Objects.requireNonNull(gauge, "gauge");
  }

  Timer.Sample commandRead() {
    return Timer.start(registry);
  }

  void firstCall(Timer.Sample sinceRead) {
    sinceRead.stop(commandToCall);
  }

  void reverted(Duration late) {
    revertLateness.record(late);
  }

  void ended(String outcome) {
    registry.counter("greenstick.injector.faults", "outcome", outcome).increment();
  }

  void ignored(Why why) {
    registry
        .counter(
            "greenstick.injector.commands.ignored",
            "why",
            why.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .increment();
  }

  void conflicted() {
    registry.counter("greenstick.injector.commands.conflicted").increment();
  }

  void swept() {
    registry.counter("greenstick.injector.pods.swept").increment();
  }

  /** A record of the kill switch could not be read. */
  public void unreadableHalt() {
    registry.counter("greenstick.injector.halts.unreadable").increment();
  }

  /** A record of the command topic went to the dead letters. */
  public void deadLettered() {
    registry.counter("greenstick.injector.dead.letters").increment();
  }
}
