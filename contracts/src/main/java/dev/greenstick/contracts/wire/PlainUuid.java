package dev.greenstick.contracts.wire;

import java.util.UUID;

/** UUIDs of 36 characters in lower case, read off bytes without a text in between. */
public final class PlainUuid {

  private static final int LENGTH = 36;
  private static final byte[] DIGITS = digits();

  private PlainUuid() {}

  /** The UUID that these bytes are; null when they are written otherwise, or null. */
  public static UUID parse(byte[] bytes) {
    return bytes != null && bytes.length == LENGTH ? parse(bytes, 0) : null;
  }

  /** The one that begins there; null when it is written otherwise. */
  static UUID parse(byte[] bytes, int from) {
    if (bytes.length - from < LENGTH
        || bytes[from + 8] != '-'
        || bytes[from + 13] != '-'
        || bytes[from + 18] != '-'
        || bytes[from + 23] != '-') {
      return null;
    }
    long first = digits(bytes, from, 8);
    long second = digits(bytes, from + 9, 4);
    long third = digits(bytes, from + 14, 4);
    long fourth = digits(bytes, from + 19, 4);
    long fifth = digits(bytes, from + 24, 12);
    return (first | second | third | fourth | fifth) < 0
        ? null
        : new UUID(first << 32 | second << 16 | third, fourth << 48 | fifth);
  }

  private static long digits(byte[] bytes, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] < 0 ? -1 : DIGITS[bytes[i]];
      if (digit < 0) {
        return -1;
      }
      bits = bits << 4 | digit;
    }
    return bits;
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    for (int i = 0; i < digits.length; i++) {
      boolean lower = i >= '0' && i <= '9' || i >= 'a' && i <= 'f';
      digits[i] = lower ? (byte) Character.digit(i, 16) : -1;
    }
    return digits;
  }
}
