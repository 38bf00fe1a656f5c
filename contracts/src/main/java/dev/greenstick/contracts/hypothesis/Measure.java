package dev.greenstick.contracts.hypothesis;

import static dev.greenstick.contracts.hypothesis.Unit.COUNT;
import static dev.greenstick.contracts.hypothesis.Unit.MILLISECONDS;
import static dev.greenstick.contracts.hypothesis.Unit.SECONDS;
import static dev.greenstick.contracts.hypothesis.Unit.SHARE;

/** What is measured in every phase. */
public enum Measure {
  AVAILABILITY(
      "availability", SHARE, "share of predictions that were answered in time, right or wrong"),
  CORRECTNESS("correctness", SHARE, "share of right predictions among those answered in time"),
  ERROR_RATE("errorRate", SHARE, "share of predictions that were not answered in time and right"),
  COUNT_ALL("count", COUNT, "predictions that were due"),
  COUNT_OK("count.ok", COUNT, "answered in time and right"),
  COUNT_WRONG("count.wrong", COUNT, "answered in time and wrong"),
  COUNT_MALFORMED("count.malformed", COUNT, "answered in time with no prediction"),
  COUNT_REFUSED("count.refused", COUNT, "no connection, or one that broke"),
  COUNT_TIMED_OUT("count.timedOut", COUNT, "not answered in time"),
  COUNT_SERVER_ERROR("count.serverError", COUNT, "answered with a 5xx status"),
  COUNT_CLIENT_ERROR("count.clientError", COUNT, "answered with a 3xx or 4xx status"),
  LATENCY_P50("latency.p50", MILLISECONDS, "median latency"),
  LATENCY_P90("latency.p90", MILLISECONDS, "90th percentile of latency"),
  LATENCY_P95("latency.p95", MILLISECONDS, "95th percentile of latency"),
  LATENCY_P99("latency.p99", MILLISECONDS, "99th percentile of latency"),
  LATENCY_P999("latency.p999", MILLISECONDS, "99.9th percentile of latency"),
  LATENCY_MAX("latency.max", MILLISECONDS, "longest latency"),
  LATENCY_MEAN("latency.mean", MILLISECONDS, "mean latency"),
  PODS_RESTARTED("pods.restarted", COUNT, "container restarts of the watched pods"),
  PODS_UNREADY_TIME(
      "pods.unreadyTime", SECONDS, "time that watched pods were not ready, added up over pods");

  private final String word;
  private final Unit unit;
  private final String meaning;

  Measure(String word, Unit unit, String meaning) {
    this.word = word;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The fact's name without its phase. */
  public String word() {
    return word;
  }

  /** The unit of its figures. */
  public Unit unit() {
    return unit;
  }

  /** What it is, in a phrase. */
  public String meaning() {
    return meaning;
  }

  /** Whether it rests on latencies, which a prober that was late spoils. */
  public boolean isLatency() {
    return unit == MILLISECONDS;
  }

  /** Whether it rests on the health of pods, and not on predictions. */
  public boolean isOfPods() {
    return this == PODS_RESTARTED || this == PODS_UNREADY_TIME;
  }
}
