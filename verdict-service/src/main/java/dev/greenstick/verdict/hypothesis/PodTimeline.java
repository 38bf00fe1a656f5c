package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.hypothesis.Measure;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.hypothesis.Spans.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the watched pods went through, each as a sequence of states. */
final class PodTimeline {

  private static final String DELETED = "Deleted";

  private static final Comparator<PodHealth> ORDER =
      Comparator.comparing(PodHealth::at)
          .thenComparingInt(PodHealth::restarts)
          .thenComparing(health -> health.phase().equals(DELETED))
          .thenComparing(PodHealth::resourceVersion, PodTimeline::byLengthThenText);

  private final Map<PodRef, List<PodHealth>> states;

  private PodTimeline(Map<PodRef, List<PodHealth>> states) {
    this.states = states;
  }

  static PodTimeline of(Collection<Evidence> events) {
    return new PodTimeline(
        events.stream()
            .map(Evidence::data)
            .filter(PodHealth.class::isInstance)
            .map(PodHealth.class::cast)
            .sorted(ORDER)
            .collect(Collectors.groupingBy(PodHealth::pod, TreeMap::new, Collectors.toList())));
  }

  /** Resource versions are opaque, but where they are numbers the greater is the later. */
  private static int byLengthThenText(String one, String other) {
    int byLength = Integer.compare(one.length(), other.length());
    return byLength != 0 ? byLength : one.compareTo(other);
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  /** When the last state was seen. */
  Optional<Instant> lastSeen() {
    return states.values().stream()
        .map(pod -> pod.get(pod.size() - 1).at())
        .max(Comparator.naturalOrder());
  }

  /** A fact about pods in an interval that was watched as a whole. */
  Value value(Measure measure, Interval interval) {
    Duration unready = unready(interval);
    return new Value.Exact(
        measure == Measure.PODS_RESTARTED
            ? restarts(interval)
            : unready.getSeconds() + unready.getNano() / 1e9);
  }

  /** Container restarts that were seen within the interval. */
  long restarts(Interval interval) {
    long restarts = 0;
    for (List<PodHealth> pod : states.values()) {
      for (int i = 1; i < pod.size(); i++) {
        if (within(pod.get(i).at(), interval)) {
          restarts += Math.max(0, pod.get(i).restarts() - pod.get(i - 1).restarts());
        }
      }
    }
    return restarts;
  }

  /** How long pods were there and not ready within the interval, added up. */
  Duration unready(Interval interval) {
    Duration unready = Duration.ZERO;
    for (List<PodHealth> pod : states.values()) {
      for (int i = 0; i < pod.size(); i++) {
        PodHealth state = pod.get(i);
        if (state.ready() || state.phase().equals(DELETED)) {
          continue;
        }
        Instant until = i + 1 < pod.size() ? pod.get(i + 1).at() : interval.to();
        Instant from = state.at().isAfter(interval.from()) ? state.at() : interval.from();
        Instant to = until.isBefore(interval.to()) ? until : interval.to();
        if (to.isAfter(from)) {
          unready = unready.plus(Duration.between(from, to));
        }
      }
    }
    return unready;
  }

  /** How many pods were ready at an instant. */
  long readyAt(Instant instant) {
    return states.values().stream().filter(pod -> ready(pod, instant)).count();
  }

  /**
   * From when on, not before {@code from}, at least {@code count} pods were ready and none of
   * {@code hit} was there and not ready; empty when that was not so at the end.
   */
  Optional<Instant> restoredFrom(Instant from, long count, Set<PodRef> hit) {
    TreeSet<Instant> moments = new TreeSet<>(Comparator.reverseOrder());
    moments.add(from);
    states.values().stream()
        .flatMap(List::stream)
        .map(PodHealth::at)
        .filter(at -> at.isAfter(from))
        .forEach(moments::add);
    Instant restored = null;
    for (Instant moment : moments) {
      if (readyAt(moment) < count || hit.stream().anyMatch(pod -> down(pod, moment))) {
        break;
      }
      restored = moment;
    }
    return Optional.ofNullable(restored);
  }

  private boolean down(PodRef pod, Instant instant) {
    return stateAt(states.getOrDefault(pod, List.of()), instant)
        .filter(state -> !state.phase().equals(DELETED) && !state.ready())
        .isPresent();
  }

  private static boolean ready(List<PodHealth> pod, Instant instant) {
    return stateAt(pod, instant)
        .filter(state -> !state.phase().equals(DELETED) && state.ready())
        .isPresent();
  }

  private static Optional<PodHealth> stateAt(List<PodHealth> pod, Instant instant) {
    PodHealth current = null;
    for (PodHealth state : pod) {
      if (state.at().isAfter(instant)) {
        break;
      }
      current = state;
    }
    return Optional.ofNullable(current);
  }

  private static boolean within(Instant instant, Interval interval) {
    return !instant.isBefore(interval.from()) && instant.isBefore(interval.to());
  }
}
