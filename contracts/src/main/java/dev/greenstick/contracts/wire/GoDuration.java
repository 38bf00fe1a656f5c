package dev.greenstick.contracts.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
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

  /** Longer texts are refused unread: no duration needs them, and matching takes its time. */
  private static final int LONGEST_TEXT = 200;

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern PART =
      Pattern.compile("([0-9]*)(?:\\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)");
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
  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /**
   * Reads a duration that is not negative, to the nanosecond that Go's {@code time.ParseDuration}
   * reads, binary rounding of fractions included.
   *
   * @throws IllegalArgumentException with a sentence on what to write instead
   */
  public static Duration parse(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "must be a duration like 300ms, 1.5h or 2h45m, but is %d characters long"
              .formatted(text.length()));
    }
    if (text.startsWith("P") || text.startsWith("p")) {
      throw new IllegalArgumentException(
          "is an ISO 8601 duration; write it as Kubernetes does, %s, but is: %s"
              .formatted(instead(text), text));
    }
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("must not be negative, but is: " + text);
    }
    String unsigned = text.startsWith("+") ? text.substring(1) : text;
    if (!WHOLE.matcher(unsigned).matches()) {
      throw new IllegalArgumentException(
          "must be a duration like 300ms, 1.5h or 2h45m, but is: " + text);
    }
    BigInteger nanos = BigInteger.ZERO;
    Matcher parts = PART.matcher(unsigned);
    while (parts.find()) {
      nanos = nanos.add(nanos(parts.group(1), parts.group(2), NANOS.get(parts.group(3))));
    }
    if (nanos.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be shorter than 292 years, but is: " + text);
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  private static BigInteger nanos(String whole, String fraction, long unit) {
    BigInteger nanos =
        whole.isEmpty()
            ? BigInteger.ZERO
            : new BigInteger(whole).multiply(BigInteger.valueOf(unit));
    if (fraction == null || fraction.isEmpty()) {
      return nanos;
    }
    // As Go does it: digits beyond 63 bits are dropped, and the rest is scaled in binary.
    long digits = 0;
    double scale = 1;
    for (int i = 0; i < fraction.length() && digits <= (Long.MAX_VALUE - 9) / 10; i++) {
      digits = digits * 10 + (fraction.charAt(i) - '0');
      scale *= 10;
    }
    return nanos.add(BigInteger.valueOf((long) (digits * (unit / scale))));
  }

  private static String instead(String iso) {
    try {
      return "as " + shortest(Duration.parse(iso));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      return "for example 2m instead of PT2M";
    }
  }

  private static String shortest(Duration duration) {
    String text = format(duration);
    text = text.endsWith("m0s") ? text.substring(0, text.length() - 2) : text;
    return text.endsWith("h0m") ? text.substring(0, text.length() - 2) : text;
  }

  /**
   * Writes a duration that is not negative, in hours, minutes, seconds and fractions, as Go does:
   * {@code 1h0m30.5s}; microseconds as {@code us}, in ASCII.
   *
   * @throws IllegalArgumentException when it is negative
   * @throws ArithmeticException when it is longer than 292 years
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative, but is " + duration);
    }
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
