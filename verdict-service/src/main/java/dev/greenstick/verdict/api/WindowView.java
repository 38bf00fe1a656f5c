package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.id.ProbeName;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One second of one probe.
 *
 * @param probe the probe
 * @param index counts from 0
 * @param start the second's beginning
 * @param answers how predictions were answered
 * @param p50Millis median latency; left out when nothing was answered, as are the next two
 * @param p99Millis 99th percentile of latency
 * @param maxMillis longest latency
 * @param latenessMicros the most by which the prober sent later than intended
 * @param exemplars a few failures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WindowView(
    ProbeName probe,
    int index,
    Instant start,
    Answers answers,
    Double p50Millis,
    Double p99Millis,
    Double maxMillis,
    long latenessMicros,
    List<HealthWindow.Exemplar> exemplars) {

  static WindowView of(HealthWindow window) {
    Histogram latency = LatencyHistogram.decode(window.latency());
    boolean none = latency.getTotalCount() == 0;
    return new WindowView(
        window.probe(),
        window.index(),
        window.start(),
        window.answers(),
        none ? null : latency.getValueAtPercentile(50) / 1e3,
        none ? null : latency.getValueAtPercentile(99) / 1e3,
        none ? null : latency.getMaxValue() / 1e3,
        window.latenessMicros(),
        window.exemplars());
  }
}
