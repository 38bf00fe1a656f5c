package dev.greenstick.contracts.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go and so Kubernetes and Chaos Mesh write them: {@code 300ms}, {@code 1.5h}, {@code
 * 2h45m}. The one form of durations in Greenstick's documents and events.
 */
public final class GoDuration {

  /** What the text of a duration that is not negative must match as a whole. */
  public static final String PATTERN =
      "0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)"
          + "(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))*";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "µs",
          1_000L,
          "μs",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "m",
          60_000_000_000L,
          "h",
          3_600_000_000_000L);

  /** The longest duration: what Go's int64 nanoseconds hold, about 292 years. */
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /**
   * Reads a duration that is not negative.
   *
   * @throws IllegalArgumentException with a sentence on what to write instead
   */
  public static Duration parse(String text) {
    if (text.startsWith("P") || text.startsWith("p")) {
      throw new IllegalArgumentException(
          "is an ISO 8601 duration; write it as Kubernetes does, for example 2m instead of PT2M, but is: "
              + text);
    }
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("must not be negative, but is: " + text);
    }
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a duration like 300ms, 1.5h or 2h45m, but is: " + text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      nanos =
          nanos.add(
              new BigDecimal(parts.group(1))
                  .multiply(BigDecimal.valueOf(NANOS.get(parts.group(2)))));
    }
    if (nanos.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be shorter than 292 years, but is: " + text);
    }
    return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
  }

  /**
   * Writes a duration that is not negative, in hours, minutes, seconds and fractions, as Go does:
   * {@code 1h0m30.5s}.
   */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    long nanos = duration.toNanos();
    if (nanos < 1_000L) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000L) {
      return decimal(nanos, 1_000L) + "us";
    }
    if (nanos < 1_000_000_000L) {
      return decimal(nanos, 1_000_000L) + "ms";
    }
    long hours = nanos / 3_600_000_000_000L;
    long minutes = nanos / 60_000_000_000L % 60;
    String seconds = decimal(nanos % 60_000_000_000L, 1_000_000_000L) + "s";
    StringBuilder text = new StringBuilder();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (hours > 0 || minutes > 0) {
      text.append(minutes).append('m');
    }
    return text.append(seconds).toString();
  }

  private static String decimal(long nanos, long unit) {
    BigDecimal value = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit));
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
