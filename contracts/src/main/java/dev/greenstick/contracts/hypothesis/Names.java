package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.id.Labels;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.StepName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From names to facts.
 *
 * @param scope where the assertion stands
 * @param steps the steps there are; empty when any may be meant
 * @param probes the probes there are; empty when any may be meant
 */
record Names(Scope scope, Optional<Collection<String>> steps, Optional<Collection<String>> probes) {

  /** Names of an experiment that is not known. */
  static Names any(Scope scope) {
    return new Names(scope, Optional.empty(), Optional.empty());
  }

  /** What a name turned out to be. */
  sealed interface Meant {

    /** A fact. */
    record AFact(Fact fact) implements Meant {}

    /** The labels of a part, which are no figure by themselves. */
    record TheLabels(Part part) implements Meant {}

    /** Nothing, and what to say of that. */
    record Nothing(String message) implements Meant {}
  }

  Meant resolve(Path path) {
    if (path.isWord(0, "alerts")) {
      return alert(path);
    }
    if (!path.isWord(0, "probes")) {
      return inSpan(path, 0, Optional.empty());
    }
    if (path.size() < 3) {
      return nothing(path, "facts of one probe are named like probes['name'].fault.availability");
    }
    Optional<String> wrong = unknown("probe", "probes", path.word(1), probes);
    return wrong.isPresent()
        ? new Meant.Nothing(wrong.get())
        : inSpan(path, 2, Optional.of(new ProbeName(path.word(1))));
  }

  private Meant inSpan(Path path, int from, Optional<ProbeName> probe) {
    if (path.isWord(from, "steps")) {
      if (path.size() < from + 3) {
        return nothing(path, "facts of one step are named like steps['name'].availability");
      }
      Optional<String> wrong = unknown("step", "steps", path.word(from + 1), steps);
      return wrong.isPresent()
          ? new Meant.Nothing(wrong.get())
          : measured(
              path, from + 2, new Part(probe, new Span.OfStep(new StepName(path.word(from + 1)))));
    }
    Optional<Phase> phase =
        Arrays.stream(Phase.values()).filter(one -> path.isWord(from, one.word())).findFirst();
    if (phase.isEmpty()) {
      return nothing(path, hint(path, from));
    }
    return measured(path, from + 1, new Part(probe, phase.get()));
  }

  private Meant measured(Path path, int from, Part part) {
    if (path.isWord(from, "labels") && path.size() == from + 1) {
      return new Meant.TheLabels(part);
    }
    if (path.isWord(from, "labels") && path.size() == from + 2) {
      return placed(new Fact.LabelShare(part, path.word(from + 1)));
    }
    Optional<String> words = path.wordsFrom(from);
    if (part.span() == Phase.RECOVERY && words.filter("time"::equals).isPresent()) {
      return placed(new Fact.RecoveryTime(part.probe()));
    }
    Optional<Measure> measure =
        words.flatMap(
            written ->
                Arrays.stream(Measure.values())
                    .filter(one -> one.word().equals(written))
                    .findAny());
    if (measure.isEmpty()) {
      return nothing(
          path,
          Vocabulary.nearest(path.written(), measuresOf(part))
              .map(near -> "did you mean " + near + "?")
              .orElse("facts are named like fault.availability or baseline.latency.p99"));
    }
    if (part.probe().isPresent() && measure.get().isOfPods()) {
      return nothing(
          path,
          "pods are of the run and of no probe: write "
              + part.span().word()
              + "."
              + measure.get().word());
    }
    return placed(new Fact.Measured(part, measure.get()));
  }

  private static List<String> measuresOf(Part part) {
    Stream<String> measures =
        Arrays.stream(Measure.values()).map(one -> part.word() + "." + one.word());
    return Stream.concat(
            measures,
            part.span() == Phase.RECOVERY ? Stream.of(part.word() + ".time") : Stream.empty())
        .toList();
  }

  private Meant alert(Path path) {
    if (path.size() == 2 && path.isWord(1, "fired")) {
      return placed(new Fact.AlertsFired());
    }
    List<String> words = Arrays.stream(AlertMeasure.values()).map(AlertMeasure::word).toList();
    if (path.size() != 3) {
      return nothing(
          path, "alerts are named like alerts['ModelErrorBudgetBurn'].timeToFire or alerts.fired");
    }
    return Arrays.stream(AlertMeasure.values())
        .filter(measure -> path.isWord(2, measure.word()))
        .findFirst()
        .map(measure -> placed(new Fact.OfAlert(path.word(1), measure)))
        .orElseGet(
            () ->
                nothing(
                    path,
                    Vocabulary.nearest(path.word(2), words)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("of an alert are known " + String.join(", ", words))));
  }

  private Meant placed(Fact fact) {
    return scope.allows(fact)
        ? new Meant.AFact(fact)
        : new Meant.Nothing(fact.name() + " is out of place: " + scope.rule());
  }

  private static Meant nothing(Path path, String hint) {
    return new Meant.Nothing(path.written() + " is no fact; " + hint);
  }

  private String hint(Path path, int from) {
    String prefix = from == 0 ? "" : "probes['" + path.word(1) + "'].";
    List<String> candidates =
        Stream.concat(
                Vocabulary.all().stream()
                    .filter(scope::allows)
                    .filter(fact -> from == 0 || !isOfPods(fact))
                    .map(fact -> prefix + fact.name()),
                Stream.of(prefix + "steps"))
            .toList();
    return Vocabulary.nearest(path.written(), candidates)
        .map(near -> "did you mean " + near + "?")
        .orElse("facts are named like fault.availability or baseline.latency.p99");
  }

  private static boolean isOfPods(Fact fact) {
    return fact instanceof Fact.AlertsFired
        || (fact instanceof Fact.Measured measured && measured.measure().isOfPods());
  }

  private static Optional<String> unknown(
      String what, String words, String name, Optional<Collection<String>> known) {
    if (known.isPresent() && !known.get().contains(name)) {
      return Optional.of(
          "there is no %s %s; %s"
              .formatted(
                  what,
                  name,
                  Vocabulary.nearest(name, known.get())
                      .map(near -> "did you mean " + words + "['" + near + "']?")
                      .orElse("there are " + String.join(", ", known.get()))));
    }
    return Labels.isLabel(name)
        ? Optional.empty()
        : Optional.of(
            "%s is no name of a %s: those are lower-case letters, digits and hyphens"
                .formatted(name, what));
  }
}
