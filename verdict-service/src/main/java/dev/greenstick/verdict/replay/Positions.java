package dev.greenstick.verdict.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where to read on in each topic of one partition.
 *
 * @param offsets topic to the offset of the next record; a topic that is not named begins at {@code
 *     since}
 * @param since where topics begin that are not named: at the first record whose timestamp is not
 *     earlier; at their beginning where this is empty, too
 */
public record Positions(Map<String, Long> offsets, Optional<Instant> since) {

  public static final Positions BEGINNING = new Positions(Map.of(), Optional.empty());

  public Positions {
    offsets = Map.copyOf(offsets);
  }

  /** These offsets in the order of their topics. */
  public Map<String, Long> sorted() {
    return new TreeMap<>(offsets);
  }
}
