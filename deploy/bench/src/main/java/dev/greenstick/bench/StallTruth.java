package dev.greenstick.bench;

/**
 * What whoever asks a server at a steady rate must be told of its latency, when it stalls for a
 * second in the middle of every ten: of what is intended evenly, a tenth falls into a stall, and
 * what comes t into it waits for 1 s - t, so the share of latencies beyond x is (1 s - x) / 10 s.
 */
final class StallTruth {

  private static final int STALL_MILLIS = 1_000;
  private static final int PERIOD_MILLIS = 10_000;
  private static final int LEAST_STALLS = 3;

  private static final double P99 = beyond(0.01);
  private static final double P999 = beyond(0.001);

  private final int rate;
  private final int stalls;

  /**
   * @param rate predictions a second
   * @param seconds how long a measurement takes at least; it holds whole stalls only
   */
  StallTruth(int rate, int seconds) {
    this.rate = rate;
    this.stalls = Math.max(LEAST_STALLS, 1_000 * seconds / PERIOD_MILLIS);
  }

  private static double beyond(double share) {
    return STALL_MILLIS - share * PERIOD_MILLIS;
  }

  int seconds() {
    return stalls * PERIOD_MILLIS / 1_000;
  }

  /** A fresh one for each measurement, so that none begins or ends within a stall. */
  ProbeFigures.Server server() throws Exception {
    return new ProbeFigures.Server(STALL_MILLIS, PERIOD_MILLIS);
  }

  void print() {
    System.out.printf(
        "%nA server that stalls %d ms in every %d, %d predictions a second, %d stalls (milliseconds)%n",
        STALL_MILLIS, PERIOD_MILLIS, rate, stalls);
    System.out.printf(
        "  %-46s p50 %8.1f  p99 %8.1f         p99.9 %8.1f%n", "the truth", 0.0, P99, P999);
  }

  void print(Figure figure) {
    System.out.printf(
        "  %-46s p50 %8.1f  p99 %8.1f (%+.1f %%)  p99.9 %8.1f (%+.1f %%), %d answers%n",
        figure.what(),
        figure.p50(),
        figure.p99(),
        100 * (figure.p99() / P99 - 1),
        figure.p999(),
        100 * (figure.p999() / P999 - 1),
        figure.requests());
  }
}
