package dev.greenstick.contracts.hypothesis;

import java.util.List;
import java.util.Objects;

/**
 * A figure that is computed of many windows or of several facts. Only who has the history can
 * compute it; here is what is asked for.
 */
public sealed interface Statistic extends Figure {

  /** Whether it needs every window anew each time, which a stop condition cannot afford. */
  boolean isCostly();

  /** For how long a condition held, window by window. */
  record Sustained(Kind kind, Condition condition, Part over) implements Statistic {

    /** What is told of the windows in which it held. */
    public enum Kind {
      LONGEST("longest", Unit.SECONDS),
      CONSECUTIVE("consecutive", Unit.COUNT),
      TOTAL("total", Unit.SECONDS);

      private final String word;
      private final Unit unit;

      Kind(String word, Unit unit) {
        this.word = word;
        this.unit = unit;
      }
    }

    public Sustained {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(condition, "condition");
      Objects.requireNonNull(over, "over");
    }

    @Override
    public String name() {
      return kind.word + "(" + condition.text() + ")";
    }

    @Override
    public Unit unit() {
      return kind.unit;
    }

    @Override
    public List<Fact> facts() {
      return Figures.factsOf(condition.figures());
    }

    @Override
    public boolean isCostly() {
      return false;
    }
  }

  /** By how much two facts differ, or how many times one the other is, with its interval. */
  record Contrast(Kind kind, Fact.Measured one, Fact.Measured other, double confidence)
      implements Statistic {

    /** How two facts are held against each other. */
    public enum Kind {
      DIFFERENCE("difference"),
      RATIO("ratio"),
      P_VALUE("pValue");

      private final String word;

      Kind(String word) {
        this.word = word;
      }
    }

    public Contrast {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(one, "one");
      Objects.requireNonNull(other, "other");
    }

    @Override
    public String name() {
      return "%s(%s, %s%s)"
          .formatted(kind.word, one.name(), other.name(), Figures.confidence(confidence));
    }

    @Override
    public Unit unit() {
      return kind == Kind.DIFFERENCE ? one.unit() : Unit.NUMBER;
    }

    @Override
    public List<Fact> facts() {
      return List.of(one, other);
    }

    /** Whether the samples are windows; where they are predictions their counts are enough. */
    public boolean isOfWindows() {
      return one.measure().isLatency();
    }

    @Override
    public boolean isCostly() {
      return isOfWindows();
    }
  }

  /** Within which bounds the share behind an observed share lies. */
  record Confident(Fact.Measured fact, double confidence) implements Statistic {

    public Confident {
      Objects.requireNonNull(fact, "fact");
    }

    @Override
    public String name() {
      return "confident(" + fact.name() + Figures.confidence(confidence) + ")";
    }

    @Override
    public Unit unit() {
      return fact.unit();
    }

    @Override
    public List<Fact> facts() {
      return List.of(fact);
    }

    @Override
    public boolean isCostly() {
      return false;
    }
  }

  /** How far the labels of one part are from those of another. */
  record LabelShift(Kind kind, Part one, Part other) implements Statistic {

    /** By which measure. */
    public enum Kind {
      POPULATION_STABILITY("psi"),
      JENSEN_SHANNON("jensenShannon");

      private final String word;

      Kind(String word) {
        this.word = word;
      }
    }

    public LabelShift {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(one, "one");
      Objects.requireNonNull(other, "other");
    }

    @Override
    public String name() {
      return "%s(%s.labels, %s.labels)".formatted(kind.word, one.word(), other.word());
    }

    @Override
    public Unit unit() {
      return Unit.NUMBER;
    }

    /** Counted predictions: without them there are no labels. */
    @Override
    public List<Fact> facts() {
      return List.of(
          new Fact.Measured(one, Measure.COUNT_ALL), new Fact.Measured(other, Measure.COUNT_ALL));
    }

    @Override
    public boolean isCostly() {
      return false;
    }
  }
}
