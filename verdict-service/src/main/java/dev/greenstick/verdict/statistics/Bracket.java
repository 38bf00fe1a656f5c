package dev.greenstick.verdict.statistics;

/**
 * An estimate and its interval.
 *
 * @param low negative infinity where the samples set no bound
 * @param estimate the likeliest value
 * @param high infinity likewise
 */
public record Bracket(double low, double estimate, double high) {}
