package dev.greenstick.bench;

/**
 * What one way of asking came to.
 *
 * @param what who asked, and how
 * @param requests how many were answered
 * @param seconds in how long
 * @param cpuSeconds for how much processor time
 * @param megabytes with how much memory at most
 * @param p50 median of the latency in milliseconds, as it tells; so the others
 */
record Figure(
    String what,
    long requests,
    double seconds,
    double cpuSeconds,
    double megabytes,
    double p50,
    double p99,
    double p999) {

  double microsPerRequest() {
    return cpuSeconds / requests * 1e6;
  }

  double perSecondAndCore() {
    return requests / cpuSeconds;
  }

  double rate() {
    return requests / seconds;
  }
}
