package dev.greenstick.verdict.api;

import dev.greenstick.contracts.verdict.VerdictReached;
import java.time.Instant;

/**
 * A run's verdict.
 *
 * @param at the time of the last event that it was reached by
 * @param lateEvents how many events came after it; they do not change it
 * @param verdict the event
 */
public record VerdictView(Instant at, int lateEvents, VerdictReached verdict) {}
