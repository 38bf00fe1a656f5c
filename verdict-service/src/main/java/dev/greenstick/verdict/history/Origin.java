package dev.greenstick.verdict.history;

import java.util.Comparator;
import java.util.Objects;

/**
 * Where a record lies.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 */
public record Origin(String topic, int partition, long offset) implements Comparable<Origin> {

  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::topic)
          .thenComparingInt(Origin::partition)
          .thenComparingLong(Origin::offset);

  public Origin {
    Objects.requireNonNull(topic, "topic");
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }
}
