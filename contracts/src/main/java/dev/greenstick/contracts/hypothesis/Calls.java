package dev.greenstick.contracts.hypothesis;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Optional;

/** Calls of functions. */
final class Calls {

  private static final double LEAST_CONFIDENCE = 0.5;

  private final Terms terms;
  private final Names names;

  Calls(Terms terms, Names names) {
    this.terms = terms;
    this.names = names;
  }

  Optional<Term> term(CelExpr expr, CelExpr.CelCall call) {
    Optional<Function> function = Function.find(call.function());
    if (function.isEmpty() || call.target().isPresent()) {
      return terms.nothing(expr, Function.unknown(call.function()));
    }
    Optional<Statistic> statistic =
        switch (function.get()) {
          case DURATION -> Optional.empty();
          case LONGEST -> sustained(expr, call, Statistic.Sustained.Kind.LONGEST);
          case CONSECUTIVE -> sustained(expr, call, Statistic.Sustained.Kind.CONSECUTIVE);
          case TOTAL -> sustained(expr, call, Statistic.Sustained.Kind.TOTAL);
          case DIFFERENCE -> contrast(expr, call, Statistic.Contrast.Kind.DIFFERENCE);
          case RATIO -> contrast(expr, call, Statistic.Contrast.Kind.RATIO);
          case P_VALUE -> contrast(expr, call, Statistic.Contrast.Kind.P_VALUE);
          case CONFIDENT -> confident(expr, call);
          case PSI -> shift(expr, call, Statistic.LabelShift.Kind.POPULATION_STABILITY);
          case JENSEN_SHANNON -> shift(expr, call, Statistic.LabelShift.Kind.JENSEN_SHANNON);
        };
    if (function.get() == Function.DURATION) {
      return duration(expr, call);
    }
    return statistic.filter(one -> affordable(expr, one)).map(this::named);
  }

  private Term named(Statistic statistic) {
    return new Term.OfQuantity(new Quantity.Named(statistic));
  }

  private boolean affordable(CelExpr expr, Statistic statistic) {
    if (names.scope() == Scope.STOP_CONDITIONS && statistic.isCostly()) {
      terms.nothing(
          expr,
          "compares all windows, which a stop condition cannot do with each; compare the facts"
              + " themselves");
      return false;
    }
    return true;
  }

  private Optional<Term> duration(CelExpr expr, CelExpr.CelCall call) {
    if (call.args().size() != 1
        || call.args().get(0).getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || call.args().get(0).constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return terms.nothing(expr, "write duration('30s') or 30s");
    }
    String written = call.args().get(0).constant().stringValue();
    try {
      return Terms.quantity(Literals.duration(written, "duration('" + written + "')"));
    } catch (IllegalArgumentException e) {
      return terms.nothing(call.args().get(0), "duration " + e.getMessage());
    }
  }

  private Optional<Statistic> sustained(
      CelExpr expr, CelExpr.CelCall call, Statistic.Sustained.Kind kind) {
    if (call.args().size() != 1) {
      return form(expr, call);
    }
    return terms
        .conditionOf(call.args().get(0), call.function())
        .flatMap(condition -> sustained(expr, kind, condition));
  }

  private Optional<Statistic> sustained(
      CelExpr expr, Statistic.Sustained.Kind kind, Condition condition) {
    if (condition.figures().stream().anyMatch(Statistic.class::isInstance)) {
      return complain(expr, "a window has no statistics: name facts in the condition");
    }
    List<Fact> facts = Figures.factsOf(condition.figures());
    if (facts.isEmpty()) {
      return complain(expr, "its condition names no fact");
    }
    Part over = facts.get(0).part();
    for (Fact fact : facts) {
      boolean isOfWindows =
          fact instanceof Fact.LabelShare
              || (fact instanceof Fact.Measured measured && !measured.measure().isOfPods());
      if (!isOfWindows) {
        return complain(expr, fact.name() + " is not known window by window");
      }
    }
    return Optional.of(new Statistic.Sustained(kind, condition, over));
  }

  private Optional<Statistic> contrast(
      CelExpr expr, CelExpr.CelCall call, Statistic.Contrast.Kind kind) {
    int most = kind == Statistic.Contrast.Kind.P_VALUE ? 2 : 3;
    if (call.args().size() < 2 || call.args().size() > most) {
      return form(expr, call);
    }
    Optional<Fact.Measured> one = fact(call.args().get(0), call);
    Optional<Fact.Measured> other = fact(call.args().get(1), call);
    Optional<Double> confidence = confidence(call.args(), 2);
    if (one.isEmpty() || other.isEmpty() || confidence.isEmpty()) {
      return Optional.empty();
    }
    Unit unit = one.get().unit();
    if (one.get().measure() != other.get().measure()) {
      return complain(expr, "compares one measure of two parts, and not two measures");
    }
    if (unit != Unit.MILLISECONDS
        && (unit != Unit.SHARE || kind == Statistic.Contrast.Kind.P_VALUE)) {
      return complain(
          expr,
          kind == Statistic.Contrast.Kind.P_VALUE
              ? "takes latencies; shares are compared with difference, whose interval says more"
              : "takes shares or latencies, and " + one.get().name() + " is neither");
    }
    return Optional.of(new Statistic.Contrast(kind, one.get(), other.get(), confidence.get()));
  }

  private Optional<Statistic> confident(CelExpr expr, CelExpr.CelCall call) {
    if (call.args().isEmpty() || call.args().size() > 2) {
      return form(expr, call);
    }
    Optional<Fact.Measured> fact = fact(call.args().get(0), call);
    Optional<Double> confidence = confidence(call.args(), 1);
    if (fact.isEmpty() || confidence.isEmpty()) {
      return Optional.empty();
    }
    if (fact.get().unit() != Unit.SHARE) {
      return complain(expr, "takes a share, and " + fact.get().name() + " is none");
    }
    return Optional.of(new Statistic.Confident(fact.get(), confidence.get()));
  }

  private Optional<Statistic> shift(
      CelExpr expr, CelExpr.CelCall call, Statistic.LabelShift.Kind kind) {
    if (call.args().size() != 2) {
      return form(expr, call);
    }
    Optional<Part> one = labels(call.args().get(0), call);
    Optional<Part> other = labels(call.args().get(1), call);
    return one.isPresent() && other.isPresent()
        ? Optional.of(new Statistic.LabelShift(kind, one.get(), other.get()))
        : Optional.empty();
  }

  private Optional<Part> labels(CelExpr arg, CelExpr.CelCall call) {
    Optional<Path> path = Path.of(arg);
    Names.Meant meant = path.map(names::resolve).orElse(null);
    if (meant instanceof Names.Meant.TheLabels labels) {
      if (!names.scope().allows(labels.part())) {
        terms.nothing(arg, path.get().written() + " is out of place: " + names.scope().rule());
        return Optional.empty();
      }
      return Optional.of(labels.part());
    }
    terms.nothing(
        path.map(Path::root).orElse(arg),
        meant instanceof Names.Meant.Nothing nothing
            ? nothing.message()
            : call.function() + " takes labels, as in baseline.labels");
    return Optional.empty();
  }

  private Optional<Fact.Measured> fact(CelExpr arg, CelExpr.CelCall call) {
    Optional<Path> path = Path.of(arg);
    if (path.isEmpty()) {
      terms.nothing(arg, call.function() + " takes facts by their names, and nothing computed");
      return Optional.empty();
    }
    Names.Meant meant = names.resolve(path.get());
    if (meant instanceof Names.Meant.AFact known
        && known.fact() instanceof Fact.Measured measured) {
      return Optional.of(measured);
    }
    terms.nothing(
        path.get().root(),
        meant instanceof Names.Meant.Nothing nothing
            ? nothing.message()
            : call.function() + " does not take " + path.get().written());
    return Optional.empty();
  }

  private Optional<Double> confidence(List<CelExpr> args, int index) {
    if (index >= args.size()) {
      return Optional.of(Figures.CONFIDENCE);
    }
    Optional<Term> term =
        args.get(index).getKind() == CelExpr.ExprKind.Kind.CONSTANT
            ? terms.term(args.get(index))
            : Optional.empty();
    if (term.isPresent()
        && term.get() instanceof Term.OfQuantity quantity
        && quantity.quantity() instanceof Quantity.Literal literal
        && literal.kind() == Quantity.Kind.NUMBER
        && literal.number() > LEAST_CONFIDENCE
        && literal.number() < 1) {
      return Optional.of(literal.number());
    }
    terms.nothing(args.get(index), "the confidence is a number between 50% and 100%, such as 99%");
    return Optional.empty();
  }

  private Optional<Statistic> form(CelExpr expr, CelExpr.CelCall call) {
    return complain(expr, "is written " + Function.find(call.function()).orElseThrow().form());
  }

  private Optional<Statistic> complain(CelExpr expr, String message) {
    terms.nothing(expr, expr.call().function() + " " + message);
    return Optional.empty();
  }
}
