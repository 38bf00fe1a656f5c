package dev.greenstick.probe.input;

import dev.greenstick.contracts.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Recorded arrival times: one offset in seconds a line, in order. */
final class Recorded {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,9})?");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Recorded() {}

  /** The offsets; empty after adding what is wrong with them. */
  static List<Duration> offsets(String text, int most, String at, List<Problem> problems) {
    List<Duration> offsets = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String trimmed = line.strip();
      if (trimmed.isEmpty()) {
        continue;
      }
      String wrong = wrong(trimmed, offsets, most);
      if (wrong != null) {
        problems.add(new Problem(at, "line " + number + " " + wrong));
        return List.of();
      }
      offsets.add(parsed(trimmed));
    }
    if (offsets.isEmpty()) {
      problems.add(new Problem(at, "holds no instant"));
    }
    return offsets;
  }

  private static String wrong(String line, List<Duration> before, int most) {
    if (!SECONDS.matcher(line).matches()) {
      return "is no offset in seconds like 12.345";
    }
    if (before.size() == most) {
      return "is one instant too many: at most " + most + " are read";
    }
    boolean back = !before.isEmpty() && parsed(line).compareTo(before.get(before.size() - 1)) < 0;
    return back ? "goes back in time" : null;
  }

  private static Duration parsed(String line) {
    return Duration.ofNanos(new BigDecimal(line).movePointRight(9).longValueExact());
  }

  /** The most offsets within one second. */
  static int densest(List<Duration> offsets) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < offsets.size(); last++) {
      while (offsets.get(last).minus(offsets.get(first)).compareTo(SECOND) >= 0) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
