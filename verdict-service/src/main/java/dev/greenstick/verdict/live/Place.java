package dev.greenstick.verdict.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How far a subscriber has come: the next offset of every partition of every topic. It is the id of
 * each event that is sent, and means the same to every instance, because it names records and
 * nothing of who sent them.
 *
 * @param next by topic, in the order of partitions
 */
record Place(Map<String, List<Long>> next) {

  private static final Pattern FORM =
      Pattern.compile("[a-z-]{1,40}:\\d{1,18}(,\\d{1,18})*(;[a-z-]{1,40}:\\d{1,18}(,\\d{1,18})*)*");
  private static final int LONGEST = 16_384;
  private static final String COMMON = "greenstick.";

  Place {
    NavigableMap<String, List<Long>> copy = new TreeMap<>();
    next.forEach((topic, offsets) -> copy.put(topic, List.copyOf(offsets)));
    next = Collections.unmodifiableNavigableMap(copy);
  }

  /** With the next offset of one partition. */
  Place with(String topic, int partition, long offset) {
    Map<String, List<Long>> moved = new TreeMap<>(next);
    List<Long> offsets = new ArrayList<>(moved.get(topic));
    offsets.set(partition, offset);
    moved.put(topic, offsets);
    return new Place(moved);
  }

  /** As an event's id: {@code faults:3,0,1,2;health:…}. */
  String text() {
    StringBuilder text = new StringBuilder();
    next.forEach(
        (topic, offsets) -> {
          text.append(text.isEmpty() ? "" : ";")
              .append(topic.substring(COMMON.length()))
              .append(':');
          for (int i = 0; i < offsets.size(); i++) {
            text.append(i == 0 ? "" : ",").append(offsets.get(i));
          }
        });
    return text.toString();
  }

  /** Reads what {@link #text()} wrote; empty when it is anything else. */
  static Optional<Place> parse(String text) {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    Map<String, List<Long>> next = new TreeMap<>();
    for (String part : text.split(";", -1)) {
      int colon = part.indexOf(':');
      List<Long> offsets =
          Arrays.stream(part.substring(colon + 1).split(",", -1)).map(Long::valueOf).toList();
      if (next.put(COMMON + part.substring(0, colon), offsets) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new Place(next));
  }
}
