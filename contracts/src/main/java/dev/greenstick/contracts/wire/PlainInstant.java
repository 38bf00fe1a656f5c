package dev.greenstick.contracts.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/** Instants as {@link Instant#toString} writes them, of four digits of year, read off bytes. */
final class PlainInstant {

  /** {@code 2026-11-24T10:00:00Z} */
  private static final int SHORTEST = 20;

  private static final int MOST_DECIMALS = 9;
  private static final int SECONDS_A_DAY = 86_400;

  private PlainInstant() {}

  /** The instant that the bytes are from the one to before the other; null for any other form. */
  static Instant parse(byte[] text, int from, int to) {
    int decimals = to - from - SHORTEST - 1;
    if (decimals != -1 && (decimals < 1 || decimals > MOST_DECIMALS)
        || text[to - 1] != 'Z'
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || text[from + 10] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':'
        || decimals > 0 && text[from + 19] != '.') {
      return null;
    }
    int year = number(text, from, 4);
    int month = number(text, from + 5, 2);
    int day = number(text, from + 8, 2);
    int hour = number(text, from + 11, 2);
    int minute = number(text, from + 14, 2);
    int second = number(text, from + 17, 2);
    int nanos = decimals < 0 ? 0 : number(text, from + 20, decimals);
    if ((year | month | day | hour | minute | second | nanos) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > Month.of(month).length(Year.isLeap(year))
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    for (int i = Math.max(decimals, 0); i < MOST_DECIMALS; i++) {
      nanos *= 10;
    }
    return Instant.ofEpochSecond(
        LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY
            + hour * 3_600L
            + minute * 60L
            + second,
        nanos);
  }

  /** The number that these digits are; negative when one is none. */
  private static int number(byte[] text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
