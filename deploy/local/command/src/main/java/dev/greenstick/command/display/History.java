package dev.greenstick.command.display;

import dev.greenstick.command.display.RunView.LiveFault;
import dev.greenstick.contracts.health.HealthWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The predictions of a run: by phase, and those of the latest second. Immutable.
 *
 * @param windows every window seen, in the order in which they came
 * @param phases the predictions of each phase; a phase without any is absent
 * @param latest the latest second's predictions, of all probes together; empty before the first
 */
record History(List<HealthWindow> windows, Map<Phase, Tally> phases, Optional<Second> latest) {

  static final History EMPTY = new History(List.of(), Map.of(), Optional.empty());

  private static final Duration LENGTH = Duration.ofSeconds(1);

  /** Phases as faults cut them. */
  enum Phase {
    BASELINE,
    FAULT,
    RECOVERY
  }

  /**
   * One second of all probes.
   *
   * @param index which, counted from 0
   * @param tally its predictions
   */
  record Second(int index, Tally tally) {}

  History {
    windows = List.copyOf(windows);
  }

  History plus(HealthWindow window, Collection<LiveFault> faults) {
    Tally tally = Tally.of(window);
    List<HealthWindow> more = new ArrayList<>(windows);
    more.add(window);
    Map<Phase, Tally> next = new EnumMap<>(Phase.class);
    next.putAll(phases);
    phaseOf(window, faults).ifPresent(phase -> next.merge(phase, tally, Tally::plus));
    return new History(more, next, Optional.of(latestWith(window.index(), tally)));
  }

  private Second latestWith(int index, Tally tally) {
    return latest
        .filter(second -> second.index() >= index)
        .map(
            second ->
                second.index() == index ? new Second(index, second.tally().plus(tally)) : second)
        .orElseGet(() -> new Second(index, tally));
  }

  /**
   * The same predictions with phases cut by these faults: a fault is often known after its first
   * windows.
   */
  History cutBy(Collection<LiveFault> faults) {
    Map<Phase, Tally> next = new EnumMap<>(Phase.class);
    for (HealthWindow window : windows) {
      phaseOf(window, faults).ifPresent(phase -> next.merge(phase, Tally.of(window), Tally::plus));
    }
    return new History(windows, next, latest);
  }

  Tally of(Phase phase) {
    return phases.getOrDefault(phase, Tally.NONE);
  }

  Tally whole() {
    return phases.values().stream().reduce(Tally.NONE, Tally::plus);
  }

  /** When the first window began in which a prediction was answered. */
  Optional<Instant> firstPrediction() {
    return windows.stream()
        .filter(window -> window.answers().predicted() > 0)
        .map(HealthWindow::start)
        .min(Instant::compareTo);
  }

  private static Optional<Phase> phaseOf(HealthWindow window, Collection<LiveFault> faults) {
    Instant start = window.start();
    Instant end = start.plus(LENGTH);
    if (faults.stream().allMatch(fault -> !end.isAfter(fault.injected().startedAt()))) {
      return Optional.of(Phase.BASELINE);
    }
    if (faults.stream().anyMatch(fault -> overlaps(start, end, fault))) {
      return Optional.of(Phase.FAULT);
    }
    boolean allOver =
        faults.stream()
            .allMatch(fault -> fault.revertedAt().filter(at -> !start.isBefore(at)).isPresent());
    return allOver ? Optional.of(Phase.RECOVERY) : Optional.empty();
  }

  private static boolean overlaps(Instant start, Instant end, LiveFault fault) {
    return end.isAfter(fault.injected().startedAt())
        && fault.revertedAt().map(start::isBefore).orElse(true);
  }
}
