package dev.greenstick.contracts.hypothesis;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.greenstick.contracts.hypothesis.Quantity.Computed.Operator;
import dev.greenstick.contracts.hypothesis.Quantity.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From CEL's tree to ours: every name, unit and type is checked. For one use by one thread. */
final class Terms {

  private static final double NANOS_IN_MILLI = 1e6;

  private final Names names;
  private final Literals literals;
  private final Map<Long, Integer> places;
  private final Complaints complaints;

  Terms(Names names, Literals literals, Map<Long, Integer> places, Complaints complaints) {
    this.names = names;
    this.literals = literals;
    this.places = places;
    this.complaints = complaints;
  }

  /** What an expression is; empty when it makes no sense, and then that is complained of. */
  Optional<Term> term(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      return constant(expr);
    }
    Optional<Path> path = Path.of(expr);
    if (path.isPresent()) {
      return named(path.get());
    }
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
      return call(expr, expr.call());
    }
    return nothing(
        expr,
        switch (expr.getKind()) {
          case LIST, MAP -> "lists and maps cannot be used here";
          case STRUCT -> "messages cannot be made here";
          case COMPREHENSION -> "loops cannot be used here";
          case SELECT -> "only names have fields";
          default -> "cannot be used here";
        });
  }

  private Optional<Term> constant(CelExpr expr) {
    CelConstant constant = expr.constant();
    if (constant.getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
      return condition(new Condition.Constant(constant.booleanValue()));
    }
    Optional<Quantity.Literal> literal =
        literals.at(places.getOrDefault(expr.id(), 0), isNegative(constant));
    boolean isNumber =
        constant.getKind() == CelConstant.Kind.INT64_VALUE
            || constant.getKind() == CelConstant.Kind.DOUBLE_VALUE;
    if (!isNumber || literal.isEmpty()) {
      return nothing(
          expr,
          switch (constant.getKind()) {
            case STRING_VALUE -> "a text cannot stand here";
            case INT64_VALUE, DOUBLE_VALUE, UINT64_VALUE -> "write the number as 12 or 1.5";
            default -> "cannot stand here";
          });
    }
    return literal.map(Term.OfQuantity::new);
  }

  private static boolean isNegative(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> constant.int64Value() < 0;
      case DOUBLE_VALUE -> Math.copySign(1, constant.doubleValue()) < 0;
      default -> false;
    };
  }

  private Optional<Term> named(Path path) {
    Names.Meant meant = names.resolve(path);
    if (meant instanceof Names.Meant.AFact known) {
      return quantity(new Quantity.Named(known.fact()));
    }
    return nothing(
        path.root(),
        meant instanceof Names.Meant.TheLabels labels
            ? path.written()
                + " are many figures; write %s.labels['name'] for the share of one, or psi(...)"
                    .formatted(labels.part().word())
            : ((Names.Meant.Nothing) meant).message());
  }

  private Optional<Term> call(CelExpr expr, CelExpr.CelCall call) {
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_&&_", "_||_" -> joined(expr, call.function().equals("_&&_"), args);
      case "!_" -> conditionOf(args.get(0), "!").flatMap(of -> condition(new Condition.Not(of)));
      case "-_" -> quantityOf(args.get(0), "-").flatMap(of -> quantity(new Quantity.Negated(of)));
      case "_?_:_" -> chosen(expr, args);
      case "_<=_", "_<_", "_>=_", "_>_", "_==_", "_!=_" -> compared(expr, call);
      case "_+_" -> computed(expr, Operator.PLUS, args);
      case "_-_" -> computed(expr, Operator.MINUS, args);
      case "_*_" -> computed(expr, Operator.TIMES, args);
      case "_/_" -> computed(expr, Operator.DIVIDED, args);
      case "_[_]" -> nothing(expr, "only a text can stand in brackets, as in steps['name']");
      case "_%_", "@in", "in" -> nothing(expr, "is no operator of the hypothesis language");
      default -> new Calls(this, names).term(expr, call);
    };
  }

  private Optional<Term> joined(CelExpr expr, boolean isAnd, List<CelExpr> args) {
    String sign = isAnd ? "&&" : "||";
    Optional<Condition> first = conditionOf(args.get(0), sign, expr);
    Optional<Condition> second = conditionOf(args.get(1), sign, expr);
    return first.isPresent() && second.isPresent()
        ? condition(new Condition.Joined(isAnd, first.get(), second.get()))
        : Optional.empty();
  }

  private Optional<Term> chosen(CelExpr expr, List<CelExpr> args) {
    Optional<Condition> condition = conditionOf(args.get(0), "?", expr);
    Optional<Term> yes = term(args.get(1));
    Optional<Term> no = term(args.get(2));
    if (condition.isEmpty() || yes.isEmpty() || no.isEmpty()) {
      return Optional.empty();
    }
    if (yes.get() instanceof Term.OfCondition one && no.get() instanceof Term.OfCondition other) {
      return condition(new Condition.Chosen(condition.get(), one.condition(), other.condition()));
    }
    return alike(expr, "?:", yes.get(), no.get())
        .flatMap(
            pair ->
                quantity(
                    new Quantity.Chosen(
                        condition.get(), pair.one(), pair.other(), pair.one().kind())));
  }

  private Optional<Term> compared(CelExpr expr, CelExpr.CelCall call) {
    String operator = call.function().substring(1, call.function().length() - 1);
    Optional<Term> left = term(call.args().get(0));
    Optional<Term> right = term(call.args().get(1));
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    boolean isEquality = operator.equals("==") || operator.equals("!=");
    if (isEquality
        && left.get() instanceof Term.OfCondition one
        && right.get() instanceof Term.OfCondition other) {
      return condition(
          new Condition.Alike(operator.equals("=="), one.condition(), other.condition()));
    }
    return alike(expr, operator, left.get(), right.get())
        .filter(pair -> makesSense(expr, pair))
        .flatMap(pair -> condition(Condition.Compared.of(pair.one(), operator, pair.other())));
  }

  private Optional<Term> computed(CelExpr expr, Operator operator, List<CelExpr> args) {
    String sign = operator.sign();
    Optional<Term> left = term(args.get(0));
    Optional<Term> right = term(args.get(1));
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    if (operator == Operator.PLUS || operator == Operator.MINUS) {
      return alike(expr, sign, left.get(), right.get())
          .flatMap(
              pair ->
                  quantity(
                      new Quantity.Computed(
                          operator, pair.one(), pair.other(), pair.one().kind())));
    }
    if (!(left.get() instanceof Term.OfQuantity one)
        || !(right.get() instanceof Term.OfQuantity other)) {
      return nothing(expr, Wording.mismatch(sign, left.get(), right.get()));
    }
    return operator == Operator.TIMES
        ? product(expr, one.quantity(), other.quantity())
        : quotient(expr, one.quantity(), other.quantity());
  }

  private Optional<Term> product(CelExpr expr, Quantity one, Quantity other) {
    if (one.kind() != Kind.NUMBER && other.kind() != Kind.NUMBER) {
      return nothing(expr, "times are not multiplied with each other");
    }
    Kind kind = one.kind() == Kind.NUMBER ? other.kind() : one.kind();
    return quantity(new Quantity.Computed(Operator.TIMES, one, other, kind));
  }

  private Optional<Term> quotient(CelExpr expr, Quantity one, Quantity other) {
    if (other.kind() == Kind.NUMBER) {
      return quantity(new Quantity.Computed(Operator.DIVIDED, one, other, one.kind()));
    }
    if (one.kind() == Kind.NUMBER) {
      return nothing(expr, "a number is not divided by a time");
    }
    Pair pair = inOneKind(one, other).orElseThrow();
    return quantity(new Quantity.Computed(Operator.DIVIDED, pair.one(), pair.other(), Kind.NUMBER));
  }

  /** Two quantities of one kind. */
  private record Pair(Quantity one, Quantity other) {}

  private Optional<Pair> alike(CelExpr expr, String sign, Term left, Term right) {
    Optional<Pair> pair =
        left instanceof Term.OfQuantity one && right instanceof Term.OfQuantity other
            ? inOneKind(one.quantity(), other.quantity())
            : Optional.empty();
    if (pair.isEmpty()) {
      nothing(expr, Wording.mismatch(sign, left, right));
    }
    return pair;
  }

  /** A bare number beside a latency counts milliseconds; beside a duration it is a mistake. */
  private static Optional<Pair> inOneKind(Quantity one, Quantity other) {
    if (one.kind() == other.kind()) {
      return Optional.of(new Pair(one, other));
    }
    if (one.kind() == Kind.MILLIS) {
      return inMillis(other).map(converted -> new Pair(one, converted));
    }
    if (other.kind() == Kind.MILLIS) {
      return inMillis(one).map(converted -> new Pair(converted, other));
    }
    return Optional.empty();
  }

  private static Optional<Quantity> inMillis(Quantity quantity) {
    if (quantity.kind() == Kind.DURATION) {
      return Optional.of(new Quantity.Converted(quantity, NANOS_IN_MILLI, Kind.MILLIS));
    }
    return quantity.figures().isEmpty()
        ? Optional.of(new Quantity.Converted(quantity, 1, Kind.MILLIS))
        : Optional.empty();
  }

  /** Whether a share is compared with a share, and a count with a count. */
  private boolean makesSense(CelExpr expr, Pair pair) {
    return makesSense(expr, pair.one(), pair.other()) && makesSense(expr, pair.other(), pair.one());
  }

  private boolean makesSense(CelExpr expr, Quantity side, Quantity other) {
    if (!(side instanceof Quantity.Named named) || !(other instanceof Quantity.Literal literal)) {
      return true;
    }
    if (named.figure().unit() == Unit.COUNT && literal.text().endsWith("%")) {
      nothing(expr, named.text() + " is a count, and " + literal.text() + " a share");
      return false;
    }
    if (named.figure().unit() == Unit.SHARE && literal.number() > 1) {
      nothing(
          expr,
          "%s is a share between 0 and 1; %s would be %s"
              .formatted(
                  named.text(),
                  literal.text(),
                  literal.text().endsWith("%")
                      ? "more than all"
                      : literal.text() + "% or more than all"));
      return false;
    }
    return true;
  }

  /** The condition that an expression must be. */
  Optional<Condition> conditionOf(CelExpr expr, String sign) {
    return conditionOf(expr, sign, Path.of(expr).map(Path::root).orElse(expr));
  }

  private Optional<Condition> conditionOf(CelExpr expr, String sign, CelExpr where) {
    Optional<Term> term = term(expr);
    if (term.isPresent() && term.get() instanceof Term.OfQuantity quantity) {
      nothing(
          where, sign + " takes conditions, and not " + Wording.kind(quantity.quantity().kind()));
    }
    return term.flatMap(
        one ->
            one instanceof Term.OfCondition condition
                ? Optional.of(condition.condition())
                : Optional.empty());
  }

  private Optional<Quantity> quantityOf(CelExpr expr, String sign) {
    Optional<Term> term = term(expr);
    if (term.isPresent() && term.get() instanceof Term.OfCondition) {
      nothing(expr, sign + " takes numbers and times, and not a condition");
    }
    return term.flatMap(
        one ->
            one instanceof Term.OfQuantity quantity
                ? Optional.of(quantity.quantity())
                : Optional.empty());
  }

  /** Complains of an expression. */
  Optional<Term> nothing(CelExpr expr, String message) {
    complaints.atPlace(places.getOrDefault(expr.id(), 0), message);
    return Optional.empty();
  }

  static Optional<Term> quantity(Quantity quantity) {
    return Optional.of(new Term.OfQuantity(quantity));
  }

  private static Optional<Term> condition(Condition condition) {
    return Optional.of(new Term.OfCondition(condition));
  }
}
