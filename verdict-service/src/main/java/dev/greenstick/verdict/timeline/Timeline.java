package dev.greenstick.verdict.timeline;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One page of what happened in a run, picked from all of it in any order; holds no more than the
 * page. For one thread.
 */
public final class Timeline {

  private final PriorityQueue<Happening> earliest = new PriorityQueue<>(Comparator.reverseOrder());
  private final Mark after;
  private final int most;

  /**
   * @param after where the page before ended; null for the first
   * @param most how long the page is at most
   */
  public Timeline(Mark after, int most) {
    this.after = after;
    this.most = most;
  }

  /**
   * Where a page ended.
   *
   * @param at the instant of its last happening
   * @param place what tells it apart from others at that instant
   */
  public record Mark(Instant at, String place) {

    /** As text that a client hands back unread. */
    public String text() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((at + "\n" + place).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads it; empty when it is none. */
    public static Optional<Mark> parse(String text) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int end = plain.indexOf('\n');
        return end < 0
            ? Optional.empty()
            : Optional.of(
                new Mark(Instant.parse(plain.substring(0, end)), plain.substring(end + 1)));
      } catch (IllegalArgumentException | DateTimeException e) {
        return Optional.empty();
      }
    }

    private boolean before(Happening happening) {
      int order = at.compareTo(happening.at());
      return order < 0 || (order == 0 && place.compareTo(happening.place()) < 0);
    }
  }

  /** Considers one happening. */
  public void add(Happening happening) {
    if (after != null && !after.before(happening)) {
      return;
    }
    earliest.add(happening);
    // One more than the page tells whether there is a next.
    if (earliest.size() > most + 1) {
      earliest.remove();
    }
  }

  /** The page, the earliest first. */
  public List<Happening> page() {
    return earliest.stream().sorted().limit(most).toList();
  }

  /** Where the next page begins; empty when there is none. */
  public Optional<Mark> next() {
    if (earliest.size() <= most) {
      return Optional.empty();
    }
    Happening last = page().getLast();
    return Optional.of(new Mark(last.at(), last.place()));
  }
}
