package dev.greenstick.command.display;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** How figures are written. */
final class Figures {

  static final String NONE = "-";

  private static final double WHOLE = 1.0;
  private static final double PERCENT = 100.0;
  private static final long MILLIS = 1_000L;

  private Figures() {}

  /** A share as a percentage: one that is not whole is never rounded to it. */
  static String percent(OptionalDouble share) {
    if (share.isEmpty()) {
      return NONE;
    }
    if (share.getAsDouble() == WHOLE) {
      return "100 %";
    }
    return String.format(
        Locale.ROOT, "%.2f %%", Math.floor(share.getAsDouble() * 10_000) / PERCENT);
  }

  static String millis(OptionalDouble millis) {
    return millis.isEmpty() ? NONE : String.format(Locale.ROOT, "%.1f ms", millis.getAsDouble());
  }

  /** Whole seconds, rounded down. */
  static String seconds(Duration length) {
    return Math.max(0, length.toMillis() / MILLIS) + " s";
  }

  /** Whole seconds, rounded up: what is left is never nothing before it is. */
  static String secondsLeft(Duration length) {
    return Math.max(0, (length.toMillis() + MILLIS - 1) / MILLIS) + " s";
  }

  /** Up to four significant places, without needless zeros, and the unit. */
  static String figure(Double value, String unit) {
    if (value == null) {
      return NONE;
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    String shorter = text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    return unit.isEmpty() ? shorter : shorter + " " + unit;
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  static String mebibytes(long bytes) {
    return (bytes >> 20) + " MB";
  }
}
