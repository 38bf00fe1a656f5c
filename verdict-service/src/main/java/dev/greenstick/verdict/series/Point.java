package dev.greenstick.verdict.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.health.Answers;
import java.time.Instant;
import java.util.Map;

/**
 * What one probe saw within one step of the resolution; all windows of the step together, their
 * histograms merged exactly.
 *
 * @param index of the first window of the step
 * @param start the beginning of the first window that was read
 * @param windows how many windows were read; fewer than the resolution where some are missing
 * @param answers how predictions were answered
 * @param availability share of predictions that were answered in time, right or wrong; left out
 *     without predictions
 * @param correctness share of right predictions among those answered in time; left out without any
 * @param latencyMillis the percentiles that were asked for, in milliseconds; left out when nothing
 *     was measured, as are the next two
 * @param maxMillis the longest latency
 * @param meanMillis the mean latency
 * @param latenessMicros the most by which the prober sent later than intended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Point(
    int index,
    Instant start,
    int windows,
    Answers answers,
    Double availability,
    Double correctness,
    Map<String, Double> latencyMillis,
    Double maxMillis,
    Double meanMillis,
    long latenessMicros) {}
