package dev.greenstick.contracts.hypothesis;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A name in an expression: words joined by dots, some of them in brackets as texts.
 *
 * @param segments from left to right; at least one
 * @param root the expression of the first
 */
record Path(List<Segment> segments, CelExpr root) {

  /**
   * @param word the word
   * @param isKey whether it stands in brackets
   */
  record Segment(String word, boolean isKey) {}

  /** The whole name, when the expression is one. */
  static Optional<Path> of(CelExpr expr) {
    List<Segment> segments = new ArrayList<>();
    return collect(expr, segments).map(root -> new Path(List.copyOf(segments), root));
  }

  private static Optional<CelExpr> collect(CelExpr expr, List<Segment> segments) {
    switch (expr.getKind()) {
      case IDENT:
        segments.add(new Segment(expr.ident().name(), false));
        return Optional.of(expr);
      case SELECT:
        Optional<CelExpr> operand = collect(expr.select().operand(), segments);
        segments.add(new Segment(expr.select().field(), false));
        return operand;
      case CALL:
        CelExpr.CelCall call = expr.call();
        if (call.function().equals("_[_]") && isText(call.args().get(1))) {
          Optional<CelExpr> of = collect(call.args().get(0), segments);
          segments.add(new Segment(call.args().get(1).constant().stringValue(), true));
          return of;
        }
        return Optional.empty();
      default:
        return Optional.empty();
    }
  }

  private static boolean isText(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  boolean isWord(int index, String word) {
    return index < segments.size()
        && !segments.get(index).isKey()
        && segments.get(index).word().equals(word);
  }

  int size() {
    return segments.size();
  }

  String word(int index) {
    return segments.get(index).word();
  }

  /** The words from an index on, joined; empty when one of them stands in brackets. */
  Optional<String> wordsFrom(int index) {
    List<Segment> rest = segments.subList(Math.min(index, segments.size()), segments.size());
    return rest.stream().anyMatch(Segment::isKey)
        ? Optional.empty()
        : Optional.of(rest.stream().map(Segment::word).collect(Collectors.joining(".")));
  }

  /** As it is written, or nearly so. */
  String written() {
    StringBuilder written = new StringBuilder();
    for (Segment segment : segments) {
      if (segment.isKey()) {
        written.append("['").append(segment.word()).append("']");
      } else {
        written.append(written.isEmpty() ? "" : ".").append(segment.word());
      }
    }
    return written.toString();
  }
}
