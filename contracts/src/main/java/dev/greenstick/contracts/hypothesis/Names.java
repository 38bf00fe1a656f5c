package dev.greenstick.contracts.hypothesis;

import dev.cel.common.ast.CelExpr;
import java.util.Optional;

/** Dotted names in expressions. */
final class Names {

  private Names() {}

  /** The whole dotted name, when the expression is one. */
  static Optional<String> of(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> Optional.of(expr.ident().name());
      case SELECT ->
          of(expr.select().operand()).map(operand -> operand + "." + expr.select().field());
      default -> Optional.empty();
    };
  }

  /** The first part of a dotted name. */
  static CelExpr root(CelExpr expr) {
    CelExpr root = expr;
    while (root.getKind() == CelExpr.ExprKind.Kind.SELECT) {
      root = root.select().operand();
    }
    return root;
  }

  /** What to say of a name that is no fact. */
  static String unknown(String name, Scope scope) {
    if (name.equals("steps") || name.startsWith("steps.")) {
      return "facts of single steps are not built yet; fault facts cover all steps together";
    }
    if (name.equals("alerts") || name.startsWith("alerts.")) {
      return "alerts are not judged yet; assert on predictions and pods";
    }
    String nearest =
        Vocabulary.nearest(name, Vocabulary.all().stream().filter(scope::allows).toList())
            .map(fact -> "did you mean " + fact.name() + "?")
            .orElse("facts are named like fault.availability or baseline.latency.p99");
    return name + " is no fact; " + nearest;
  }
}
