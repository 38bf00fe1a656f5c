package dev.greenstick.verdict.replay;

import java.util.UUID;

/** A record's key, read as a run's id without a text in between. */
final class RunKey {

  private static final int LENGTH = 36;

  private RunKey() {}

  /** The run; null when the key is not the canonical form of one, as every event's own key is. */
  static UUID of(byte[] key) {
    if (key == null
        || key.length != LENGTH
        || key[8] != '-'
        || key[13] != '-'
        || key[18] != '-'
        || key[23] != '-') {
      return null;
    }
    long high = digits(digits(digits(0, key, 0, 8), key, 9, 13), key, 14, 18);
    long low = digits(digits(0, key, 19, 23), key, 24, 36);
    return canonical(key) ? new UUID(high, low) : null;
  }

  private static long digits(long before, byte[] key, int from, int to) {
    long bits = before;
    for (int i = from; i < to; i++) {
      bits = bits << 4 | (key[i] <= '9' ? key[i] - '0' : key[i] - 'a' + 10) & 0xf;
    }
    return bits;
  }

  private static boolean canonical(byte[] key) {
    for (int i = 0; i < LENGTH; i++) {
      byte one = key[i];
      if (one != '-' && !(one >= '0' && one <= '9') && !(one >= 'a' && one <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
