package dev.greenstick.contracts.hypothesis;

import dev.cel.common.ast.CelExpr;
import java.util.List;

/** The unit of what an expression computes, as far as its facts tell. */
final class Dimension {

  private Dimension() {}

  /** The unit of a comparison: that of the left side, or else of the right. */
  static String ofEither(CelExpr left, CelExpr right) {
    String unit = of(left);
    return unit.isEmpty() ? of(right) : unit;
  }

  private static String of(CelExpr expr) {
    String name = Names.of(expr).orElse(null);
    if (name != null) {
      return Vocabulary.find(name).map(fact -> fact.unit().symbol()).orElse("");
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return "";
    }
    List<CelExpr> args = expr.call().args();
    return switch (expr.call().function()) {
      case "duration" -> Unit.SECONDS.symbol();
      case "_/_" -> divided(of(args.get(0)), of(args.get(1)));
      case "_*_", "_+_", "_-_" -> either(of(args.get(0)), of(args.get(1)));
      case "-_" -> of(args.get(0));
      case "_?_:_" -> either(of(args.get(1)), of(args.get(2)));
      default -> "";
    };
  }

  private static String divided(String above, String below) {
    return below.isEmpty() ? above : "";
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
