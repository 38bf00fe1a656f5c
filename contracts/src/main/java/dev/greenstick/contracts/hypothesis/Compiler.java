package dev.greenstick.contracts.hypothesis;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.greenstick.contracts.wire.GoDuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One assertion on its way from text to {@link CompiledAssertion}. For one use by one thread. */
final class Compiler {

  /** What no assertion is longer than. */
  private static final int LONGEST = 4_096;

  private final String text;
  private final Scope scope;
  private final List<Complaint> complaints = new ArrayList<>();
  private CelSource source;

  Compiler(String text, Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  private record Complaint(int line, int column, String message) {

    @Override
    public String toString() {
      return "line " + line + ", column " + column + ": " + message;
    }
  }

  /** What is wrong, in the order of the text; empty after success. */
  List<String> complaints() {
    return complaints.stream()
        .sorted(Comparator.comparingInt(Complaint::line).thenComparingInt(Complaint::column))
        .map(Complaint::toString)
        .distinct()
        .toList();
  }

  /** The assertion, or empty and complaints. */
  Optional<CompiledAssertion> compile() {
    if (text == null || text.isBlank()) {
      complaints.add(new Complaint(1, 1, "is empty; write a condition over facts"));
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      complaints.add(new Complaint(1, 1, "is longer than " + LONGEST + " characters"));
      return Optional.empty();
    }
    try {
      CelAbstractSyntaxTree parsed = parse();
      Set<Fact> facts = names(parsed.getExpr());
      if (!complaints.isEmpty()) {
        return Optional.empty();
      }
      CelAbstractSyntaxTree checked = Cel.COMPILER.check(parsed).getAst();
      if (!checked.getResultType().equals(SimpleType.BOOL)) {
        complaints.add(
            new Complaint(
                1,
                1,
                "must be a condition that is true or false, but is "
                    + Wording.ofType(checked.getResultType().name())));
        return Optional.empty();
      }
      if (facts.isEmpty()) {
        complaints.add(new Complaint(1, 1, "names no fact, so it says nothing about the run"));
        return Optional.empty();
      }
      return Optional.of(new CompiledAssertion(text, facts, condition(checked, checked.getExpr())));
    } catch (CelValidationException e) {
      e.getErrors().forEach(this::complain);
      return Optional.empty();
    } catch (CelEvaluationException e) {
      complaints.add(new Complaint(1, 1, "cannot be computed: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private CelAbstractSyntaxTree parse() throws CelValidationException {
    CelValidationResult result = Cel.COMPILER.parse(text);
    CelAbstractSyntaxTree parsed = result.getAst();
    source = parsed.getSource();
    return CelAbstractSyntaxTree.newParsedAst(withDoubles(parsed.getExpr()), source);
  }

  /** Every whole number becomes a double. */
  private static CelExpr withDoubles(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT ->
          expr.constant().getKind() == CelConstant.Kind.INT64_VALUE
              ? CelExpr.ofConstant(
                  expr.id(), CelConstant.ofValue((double) expr.constant().int64Value()))
              : expr;
      case SELECT ->
          CelExpr.ofSelect(
              expr.id(),
              withDoubles(expr.select().operand()),
              expr.select().field(),
              expr.select().testOnly());
      case CALL ->
          CelExpr.ofCall(
              expr.id(),
              expr.call().target().map(Compiler::withDoubles),
              expr.call().function(),
              expr.call().args().stream()
                  .map(Compiler::withDoubles)
                  .collect(ImmutableList.toImmutableList()));
      default -> expr;
    };
  }

  /** The facts that are named; complains about names and literals that make no sense. */
  private Set<Fact> names(CelExpr expr) {
    Set<Fact> facts = new LinkedHashSet<>();
    collect(expr, facts);
    return facts;
  }

  private void collect(CelExpr expr, Set<Fact> facts) {
    Optional<String> name = Names.of(expr);
    if (name.isPresent()) {
      resolve(name.get(), Names.root(expr), facts);
      return;
    }
    switch (expr.getKind()) {
      case SELECT -> collect(expr.select().operand(), facts);
      case CALL -> {
        CelExpr.CelCall call = expr.call();
        if (call.function().equals("duration")) {
          checkDuration(call);
        }
        call.target().ifPresent(target -> collect(target, facts));
        call.args().forEach(arg -> collect(arg, facts));
      }
      case LIST -> expr.list().elements().forEach(element -> collect(element, facts));
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  entry -> {
                    collect(entry.key(), facts);
                    collect(entry.value(), facts);
                  });
      case STRUCT -> complain(expr, "messages cannot be made here");
      case COMPREHENSION -> complain(expr, "loops cannot be used here");
      case CONSTANT, IDENT, NOT_SET -> {}
    }
  }

  private void resolve(String name, CelExpr root, Set<Fact> facts) {
    Optional<Fact> fact = Vocabulary.find(name);
    if (fact.isEmpty()) {
      complain(root, Names.unknown(name, scope));
    } else if (!scope.allows(fact.get())) {
      complain(root, name + " is out of place: " + scope.rule());
    } else {
      facts.add(fact.get());
    }
  }

  private void checkDuration(CelExpr.CelCall call) {
    for (CelExpr arg : call.args()) {
      if (arg.getKind() == CelExpr.ExprKind.Kind.CONSTANT
          && arg.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
        try {
          GoDuration.parse(arg.constant().stringValue());
        } catch (IllegalArgumentException e) {
          complain(arg, "duration " + e.getMessage());
        }
      }
    }
  }

  private void complain(CelExpr expr, String message) {
    Integer offset = source.getPositionsMap().get(expr.id());
    Optional<CelSourceLocation> location =
        offset == null ? Optional.empty() : source.getOffsetLocation(offset);
    complaints.add(
        new Complaint(
            location.map(CelSourceLocation::getLine).orElse(1),
            location.map(CelSourceLocation::getColumn).orElse(0) + 1,
            message));
  }

  private void complain(CelIssue issue) {
    complaints.add(
        new Complaint(
            Math.max(1, issue.getSourceLocation().getLine()),
            Math.max(0, issue.getSourceLocation().getColumn()) + 1,
            Wording.ofError(issue.getMessage())));
  }

  private Condition condition(CelAbstractSyntaxTree ast, CelExpr expr)
      throws CelEvaluationException {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
      CelExpr.CelCall call = expr.call();
      switch (call.function()) {
        case "_&&_":
          return new Condition.Both(
              condition(ast, call.args().get(0)), condition(ast, call.args().get(1)));
        case "_||_":
          return new Condition.Either(
              condition(ast, call.args().get(0)), condition(ast, call.args().get(1)));
        case "!_":
          return new Condition.Not(condition(ast, call.args().get(0)));
        case "_<=_", "_<_", "_>=_", "_>_", "_==_", "_!=_":
          if (isFigure(ast, call.args().get(0))) {
            return compared(ast, expr, call);
          }
          break;
        default:
          break;
      }
    }
    return new Condition.Computed(names(expr), Cel.program(ast, expr));
  }

  private Condition compared(CelAbstractSyntaxTree ast, CelExpr expr, CelExpr.CelCall call)
      throws CelEvaluationException {
    CelExpr left = call.args().get(0);
    CelExpr right = call.args().get(1);
    String operator = call.function().substring(1, call.function().length() - 1);
    String unit = Dimension.ofEither(left, right);
    return new Condition.Compared(
        new Comparison(
            Cel.unparse(ast, left), operator, Cel.unparse(ast, right), unit, names(expr)),
        Cel.program(ast, expr),
        Cel.program(ast, left),
        Cel.program(ast, right));
  }

  private static boolean isFigure(CelAbstractSyntaxTree ast, CelExpr expr) {
    CelType type = ast.getTypeOrThrow(expr.id());
    return type.equals(SimpleType.DOUBLE) || type.equals(SimpleType.DURATION);
  }
}
