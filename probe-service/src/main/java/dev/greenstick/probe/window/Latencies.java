package dev.greenstick.probe.window;

import dev.greenstick.contracts.health.LatencyHistogram;
import java.util.Arrays;
import java.util.Collection;

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

  /** All of several, in the form of the contracts. */
  static String encoded(Collection<Latencies> several) {
    long[] all = new long[several.stream().mapToInt(each -> each.count).sum()];
    int at = 0;
    for (Latencies each : several) {
      System.arraycopy(each.micros, 0, all, at, each.count);
      at += each.count;
    }
    return LatencyHistogram.encode(all);
  }

  String encoded() {
    return LatencyHistogram.encode(Arrays.copyOf(micros, count));
  }

  boolean isEmpty() {
    return count == 0;
  }
}
