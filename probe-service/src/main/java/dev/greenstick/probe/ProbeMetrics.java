package dev.greenstick.probe;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What the prober tells of itself to Prometheus. */
final class ProbeMetrics {

  private final MeterRegistry registry;
  private final DistributionSummary lateness;
  private final Counter lost;

  ProbeMetrics(MeterRegistry registry, Supplier<Number> runs, Supplier<Number> waiting) {
    this.registry = registry;
    this.lateness =
        DistributionSummary.builder("greenstick.probe.lateness")
            .description("The most by which a window's predictions were sent late")
            .baseUnit("microseconds")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    this.lost =
        Counter.builder("greenstick.probe.events.lost")
            .description("Health events that were given up")
            .register(registry);
    Gauge.builder("greenstick.probe.runs", runs)
        .description("Runs whose probes ask")
        .register(registry);
    Gauge.builder("greenstick.probe.events.waiting", waiting)
        .description("Health events that the broker does not have yet")
        .register(registry);
  }

  void window(HealthWindow window) {
    Answers answers = window.answers();
    lateness.record(window.latenessMicros());
    predictions("ok", answers.ok());
    predictions("wrong", answers.wrong());
    predictions("malformed", answers.malformed());
    predictions("refused", answers.refused());
    predictions("timed-out", answers.timedOut());
    predictions("server-error", answers.serverError());
    predictions("client-error", answers.clientError());
  }

  private void predictions(String answer, long count) {
    registry.counter("greenstick.probe.predictions", "answer", answer).increment(count);
  }

  void command(String decision) {
    registry.counter("greenstick.probe.commands", "decision", decision).increment();
  }

  void readiness(boolean ready) {
    registry.counter("greenstick.probe.readiness", "ready", String.valueOf(ready)).increment();
  }

  void lost() {
    lost.increment();
  }
}
