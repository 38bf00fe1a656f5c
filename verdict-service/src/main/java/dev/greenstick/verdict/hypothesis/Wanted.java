package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Figure;
import dev.greenstick.contracts.hypothesis.Part;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.hypothesis.Span;
import dev.greenstick.contracts.hypothesis.Statistic;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be known to judge: nothing more is gathered of a history.
 *
 * @param figures every figure that is named, and the facts within functions
 * @param parts whose windows are added up
 * @param series whose windows are kept one by one besides
 */
record Wanted(Set<Figure> figures, Set<Part> parts, Set<Part> series) {

  /** To judge these figures. */
  static Wanted of(Collection<Figure> figures) {
    Set<Part> series = new LinkedHashSet<>();
    for (Figure figure : figures) {
      if (figure instanceof Statistic.Sustained sustained) {
        series.add(sustained.over());
      } else if (figure instanceof Statistic.Contrast contrast && contrast.isOfWindows()) {
        series.add(contrast.one().part());
        series.add(contrast.other().part());
      }
    }
    Set<Figure> all = new LinkedHashSet<>(figures);
    figures.forEach(figure -> all.addAll(figure.facts()));
    return new Wanted(
        all,
        figures.stream()
            .flatMap(figure -> figure.facts().stream())
            .map(Fact::part)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        series);
  }

  /** And all that a verdict tells of a run beside what is judged. */
  Wanted withEveryPhase() {
    Set<Part> more = new LinkedHashSet<>();
    Stream.of(Phase.values()).map(Part::of).forEach(more::add);
    more.addAll(parts);
    return new Wanted(figures, more, series);
  }

  /** The spans of whatever is wanted. */
  Set<Span> spans() {
    return Stream.concat(Arrays.stream(Phase.values()), parts.stream().map(Part::span))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<Statistic.Sustained> sustained() {
    return figures.stream()
        .filter(Statistic.Sustained.class::isInstance)
        .map(Statistic.Sustained.class::cast)
        .toList();
  }

  boolean namesPods() {
    return figures.stream()
        .anyMatch(
            figure -> figure instanceof Fact.Measured measured && measured.measure().isOfPods());
  }

  boolean namesLatencies() {
    return figures.stream()
        .anyMatch(
            figure -> figure instanceof Fact.Measured measured && measured.measure().isLatency());
  }

  boolean namesLabels() {
    return figures.stream()
        .anyMatch(
            figure -> figure instanceof Fact.LabelShare || figure instanceof Statistic.LabelShift);
  }

  boolean namesAlerts() {
    return figures.stream()
        .anyMatch(figure -> figure instanceof Fact.AlertsFired || figure instanceof Fact.OfAlert);
  }
}
