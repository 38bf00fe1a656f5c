package dev.greenstick.verdict.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The errors of the judge stay within their bounds: a fast version, by a fixed seed, of what {@code
 * deploy/bench/run judge} measures.
 */
class TrialTest {

  private static final int RUNS = 200;
  private static final long SEED = 1;

  private static final String LOSS = "difference(fault.availability, baseline.availability) >= -1%";
  private static final String SLOWDOWN = "ratio(fault.latency.p50, baseline.latency.p50) <= 1.1";

  /** Four standard errors above the 2.5 % that an interval of 95 % errs on one side. */
  private static final double ALLOWED = 0.025 + 4 * Math.sqrt(0.025 * 0.975 / RUNS);

  @Test
  void whatIsJustFalseIsSeldomConfirmedAndWhatIsJustTrueSeldomRefuted() {
    // Given
    World atTheBound = World.shortRun().failing(0.005).loss(0.01).slowdown(1.1);

    // When
    List<Rates> rates = Rates.of(atTheBound, List.of(LOSS, SLOWDOWN), RUNS, SEED);

    // Then
    assertThat(rates)
        .allSatisfy(
            rate -> {
              assertThat(rate.held()).as("seed %d: %s", SEED, rates).isLessThan(ALLOWED);
              assertThat(rate.failed()).as("seed %d: %s", SEED, rates).isLessThan(ALLOWED);
            });
  }

  @Test
  void noEffectIsNeverRefutedAndAGreatOneAlwaysIs() {
    // Given
    World harmless = World.shortRun();
    World harmful = World.shortRun().loss(0.05).slowdown(1.3);

    // When
    List<Rates> without = Rates.of(harmless, List.of(LOSS, SLOWDOWN), RUNS / 2, SEED);
    List<Rates> with = Rates.of(harmful, List.of(LOSS, SLOWDOWN), RUNS / 2, SEED);

    // Then
    assertThat(without).allMatch(rate -> rate.failed() == 0 && rate.held() > 0.95);
    assertThat(with).allMatch(rate -> rate.held() == 0 && rate.failed() > 0.95);
  }
}
