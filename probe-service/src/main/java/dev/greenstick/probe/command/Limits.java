package dev.greenstick.probe.command;

import java.time.Duration;

/**
 * What a run may ask of this prober.
 *
 * @param probes probes in one run
 * @param rate predictions a second of one probe
 * @param timeout the timeout of one prediction
 * @param inFlight predictions of one probe that may wait for their answers at once: rate times
 *     timeout
 * @param longest how long a run may last
 */
public record Limits(int probes, double rate, Duration timeout, int inFlight, Duration longest) {}
