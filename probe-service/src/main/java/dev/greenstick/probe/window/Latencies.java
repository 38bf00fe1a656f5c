package dev.greenstick.probe.window;

import dev.greenstick.contracts.health.LatencyHistogram;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Latencies one by one, in microseconds. */
final class Latencies {

  private long[] micros = new long[16];
  private int count;

  void add(long latencyMicros) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = latencyMicros;
  }

  void into(Histogram histogram) {
    for (int i = 0; i < count; i++) {
      LatencyHistogram.record(histogram, micros[i]);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }
}
