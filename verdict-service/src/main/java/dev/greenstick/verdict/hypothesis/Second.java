package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one second: one of each probe that is meant. Kept as they came, for decoded
 * histograms are large and most seconds are looked at once.
 *
 * @param windows in no order that matters
 */
public record Second(List<HealthWindow> windows) {

  static final Second NONE = new Second(List.of());

  public Second {
    windows = List.copyOf(windows);
  }

  Second with(HealthWindow window) {
    List<HealthWindow> more = new ArrayList<>(windows);
    more.add(window);
    return new Second(more);
  }

  Tally tally(Bounds bounds) {
    if (windows.size() == 1) {
      return Tally.of(windows.get(0), bounds);
    }
    Tally tally = new Tally();
    windows.forEach(window -> tally.add(window, bounds));
    return tally;
  }
}
