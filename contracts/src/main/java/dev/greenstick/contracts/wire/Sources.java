package dev.greenstick.contracts.wire;

import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The latest sources that were read: there are few, and parsing one costs more than a window. */
final class Sources {

  private static final int MOST = 64;

  /** Longer ones are not worth their memory. */
  private static final int LONGEST = 200;

  private final AtomicReferenceArray<Known> known = new AtomicReferenceArray<>(MOST);

  private record Known(byte[] written, URI source) {}

  /** The source that is written so; null when it was not read lately, and for null. */
  URI get(byte[] written) {
    if (written == null) {
      return null;
    }
    Known there = known.get(place(written));
    return there != null && Arrays.equals(there.written(), written) ? there.source() : null;
  }

  void put(byte[] written, URI source) {
    if (written.length <= LONGEST) {
      known.set(place(written), new Known(written.clone(), source));
    }
  }

  private static int place(byte[] written) {
    return Arrays.hashCode(written) & MOST - 1;
  }
}
