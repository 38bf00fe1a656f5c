package dev.greenstick.contracts.hypothesis;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An expression that is a number or a time. Numbers and latencies are computed as they are, in
 * milliseconds; durations in nanoseconds, so that their sums are exact.
 */
sealed interface Quantity {

  /** What kind of quantity it is. */
  enum Kind {
    NUMBER(1, ""),
    MILLIS(1, "ms"),
    DURATION(1e9, "s");

    private final double parts;
    private final String symbol;

    Kind(double parts, String symbol) {
      this.parts = parts;
      this.symbol = symbol;
    }

    /** As judgements tell it. */
    double told(double figure) {
      return figure / parts;
    }

    String symbol() {
      return symbol;
    }

    static Kind of(Unit unit) {
      return switch (unit) {
        case SHARE, COUNT, NUMBER -> NUMBER;
        case MILLISECONDS -> MILLIS;
        case SECONDS -> DURATION;
      };
    }
  }

  /**
   * What it comes to.
   *
   * @param range what it may be; anything when something is missing
   * @param missing the figures that are missing and why; empty when none is
   * @param isBound whether a figure is only a lower bound
   */
  record Reckoned(Range range, SortedMap<String, String> missing, boolean isBound) {

    static Reckoned known(Range range, boolean isBound) {
      return new Reckoned(range, new TreeMap<>(), isBound);
    }

    static Reckoned lacking(Map<String, String> missing) {
      return new Reckoned(
          Range.of(Double.NaN, Double.NaN, Double.NaN), new TreeMap<>(missing), false);
    }
  }

  Kind kind();

  Reckoned reckon(Known known);

  /** In the language, in one form. */
  String text();

  /** Every figure that is named. */
  Set<Figure> figures();

  /** How tightly it binds, for parentheses. */
  default int binding() {
    return 3;
  }

  private static String inParentheses(Quantity part, int binding) {
    return part.binding() < binding ? "(" + part.text() + ")" : part.text();
  }

  private static Set<Figure> both(Set<Figure> one, Set<Figure> other) {
    Set<Figure> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  /** A number that was written, with or without a unit. */
  record Literal(double number, String text, Kind kind) implements Quantity {

    @Override
    public Reckoned reckon(Known known) {
      return Reckoned.known(Range.exactly(number), false);
    }

    @Override
    public Set<Figure> figures() {
      return Set.of();
    }
  }

  /** A figure. */
  record Named(Figure figure) implements Quantity {

    private static final double NANOS = 1e9;

    @Override
    public Kind kind() {
      return Kind.of(figure.unit());
    }

    @Override
    public Reckoned reckon(Known known) {
      Value value = known.of(figure);
      if (value instanceof Value.Exact exact) {
        return Reckoned.known(Range.exactly(inner(exact.figure())), false);
      }
      if (value instanceof Value.Estimated estimated) {
        return Reckoned.known(
            Range.of(inner(estimated.low()), inner(estimated.likeliest()), inner(estimated.high())),
            false);
      }
      if (value instanceof Value.MoreThan more) {
        double bound = inner(more.bound());
        double above = kind() == Kind.DURATION ? bound + 1 : Math.nextUp(bound);
        return Reckoned.known(Range.of(above, bound, Double.POSITIVE_INFINITY), true);
      }
      return Reckoned.lacking(Map.of(figure.name(), ((Value.Missing) value).reason()));
    }

    private double inner(double told) {
      return kind() == Kind.DURATION ? Math.rint(told * NANOS) : told;
    }

    @Override
    public String text() {
      return figure.name();
    }

    @Override
    public Set<Figure> figures() {
      return Set.of(figure);
    }
  }

  /** Something computed of two others. */
  record Computed(Operator operator, Quantity left, Quantity right, Kind kind) implements Quantity {

    /** What is computed. */
    enum Operator {
      PLUS("+", 1),
      MINUS("-", 1),
      TIMES("*", 2),
      DIVIDED("/", 2);

      private final String sign;
      private final int binding;

      Operator(String sign, int binding) {
        this.sign = sign;
        this.binding = binding;
      }

      String sign() {
        return sign;
      }

      private Range of(Range one, Range other) {
        return switch (this) {
          case PLUS -> one.plus(other);
          case MINUS -> one.plus(other.negated());
          case TIMES -> one.times(other);
          case DIVIDED -> one.dividedBy(other);
        };
      }
    }

    @Override
    public Reckoned reckon(Known known) {
      Reckoned one = left.reckon(known);
      Reckoned other = right.reckon(known);
      if (!one.missing().isEmpty() || !other.missing().isEmpty()) {
        SortedMap<String, String> missing = new TreeMap<>(one.missing());
        missing.putAll(other.missing());
        return Reckoned.lacking(missing);
      }
      return Reckoned.known(
          operator.of(one.range(), other.range()), one.isBound() || other.isBound());
    }

    @Override
    public String text() {
      return inParentheses(left, operator.binding)
          + " "
          + operator.sign
          + " "
          + inParentheses(right, operator.binding + 1);
    }

    @Override
    public Set<Figure> figures() {
      return both(left.figures(), right.figures());
    }

    @Override
    public int binding() {
      return operator.binding;
    }
  }

  /** The negative of another. */
  record Negated(Quantity quantity) implements Quantity {

    @Override
    public Kind kind() {
      return quantity.kind();
    }

    @Override
    public Reckoned reckon(Known known) {
      Reckoned reckoned = quantity.reckon(known);
      return reckoned.missing().isEmpty()
          ? Reckoned.known(reckoned.range().negated(), reckoned.isBound())
          : reckoned;
    }

    @Override
    public String text() {
      return "-" + inParentheses(quantity, 3);
    }

    @Override
    public Set<Figure> figures() {
      return quantity.figures();
    }
  }

  /** Another in another kind: durations beside latencies become milliseconds and the like. */
  record Converted(Quantity quantity, double divisor, Kind kind) implements Quantity {

    @Override
    public Reckoned reckon(Known known) {
      Reckoned reckoned = quantity.reckon(known);
      return reckoned.missing().isEmpty()
          ? Reckoned.known(reckoned.range().dividedBy(Range.exactly(divisor)), reckoned.isBound())
          : reckoned;
    }

    @Override
    public String text() {
      return quantity.text();
    }

    @Override
    public Set<Figure> figures() {
      return quantity.figures();
    }

    @Override
    public int binding() {
      return quantity.binding();
    }
  }

  /** One of two, as a condition says. */
  record Chosen(Condition condition, Quantity yes, Quantity no, Kind kind) implements Quantity {

    @Override
    public Reckoned reckon(Known known) {
      Evaluation chosen = condition.evaluate(known);
      return switch (chosen.outcome()) {
        case HELD -> yes.reckon(known);
        case FAILED -> no.reckon(known);
        case UNDECIDED -> open(chosen, yes.reckon(known), no.reckon(known));
      };
    }

    /** It is one of both; and when that is not enough to tell, what the condition lacks is why. */
    private static Reckoned open(Evaluation chosen, Reckoned one, Reckoned other) {
      SortedMap<String, String> missing = new TreeMap<>(one.missing());
      missing.putAll(other.missing());
      if (missing.isEmpty()) {
        Range either = one.range().or(other.range());
        return either.isExact() || chosen.missing().isEmpty()
            ? Reckoned.known(either, one.isBound() || other.isBound())
            : new Reckoned(either, chosen.missing(), false);
      }
      missing.putAll(chosen.missing());
      return Reckoned.lacking(missing);
    }

    @Override
    public String text() {
      return "(" + condition.text() + " ? " + yes.text() + " : " + no.text() + ")";
    }

    @Override
    public Set<Figure> figures() {
      return both(condition.figures(), both(yes.figures(), no.figures()));
    }
  }
}
