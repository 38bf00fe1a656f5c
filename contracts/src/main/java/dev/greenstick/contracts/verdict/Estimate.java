package dev.greenstick.contracts.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import java.util.Objects;

/**
 * A figure of a judgement that is not read off but estimated, and how sure it is.
 *
 * @param figure what was estimated, as the assertion names it
 * @param method how, for example {@code newcombe} or {@code hodges-lehmann}
 * @param estimate the likeliest value, in {@code unit}; null when there is none
 * @param low the least value that the interval holds; null for no bound
 * @param high the greatest value that the interval holds; null for no bound
 * @param confidence the share of such intervals that hold the true value; null without one
 * @param pValue how likely a difference at least as great is when there is none; null without a
 *     test
 * @param samples how many predictions or windows the first of what was compared has
 * @param comparedSamples the same of the second; null where one thing alone was estimated
 * @param autocorrelation of neighbouring windows, between -1 and 1, the greater of both samples;
 *     null where windows are not the samples. Intervals are too narrow where it is far above 0
 * @param unit empty for a plain number, {@code s}, {@code ms}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
    String figure,
    String method,
    @MayBeMissing Double estimate,
    @MayBeMissing Double low,
    @MayBeMissing Double high,
    @MayBeMissing Double confidence,
    @MayBeMissing Double pValue,
    long samples,
    @MayBeMissing Long comparedSamples,
    @MayBeMissing Double autocorrelation,
    String unit) {

  public Estimate {
    Objects.requireNonNull(figure, "figure");
    Objects.requireNonNull(method, "method");
    estimate = Judgement.finite(estimate);
    low = Judgement.finite(low);
    high = Judgement.finite(high);
    confidence = Judgement.finite(confidence);
    pValue = Judgement.finite(pValue);
    autocorrelation = Judgement.finite(autocorrelation);
    Objects.requireNonNull(unit, "unit");
  }
}
