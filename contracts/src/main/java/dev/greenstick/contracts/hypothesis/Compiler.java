package dev.greenstick.contracts.hypothesis;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.List;
import java.util.Optional;

/**
 * One assertion on its way from text to {@link CompiledAssertion}. CEL's parser says what the text
 * means; what makes sense in it is said here. For one use by one thread.
 */
final class Compiler {

  /** What no assertion is longer than. */
  private static final int LONGEST = 4_096;

  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(CelOptions.current().maxParseRecursionDepth(64).build())
          .build();

  private final String text;
  private final Names names;
  private final Complaints complaints;

  Compiler(String text, Names names) {
    this.text = text;
    this.names = names;
    this.complaints = new Complaints(text == null ? "" : text);
  }

  /** What is wrong, in the order of the text; empty after success. */
  List<Complaints.Complaint> complaints() {
    return complaints.all();
  }

  /** The assertion, or empty and complaints. */
  Optional<CompiledAssertion> compile() {
    if (text == null || text.isBlank()) {
      complaints.at(0, "is empty; write a condition over facts");
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      complaints.at(0, "is longer than " + LONGEST + " characters");
      return Optional.empty();
    }
    Literals literals = Literals.of(text);
    literals.troubles().forEach(trouble -> complaints.at(trouble.index(), trouble.message()));
    if (!complaints.all().isEmpty()) {
      return Optional.empty();
    }
    try {
      CelAbstractSyntaxTree parsed = PARSER.parse(literals.plain()).getAst();
      return compiled(
          parsed.getExpr(),
          new Terms(names, literals, parsed.getSource().getPositionsMap(), complaints));
    } catch (CelValidationException e) {
      e.getErrors().forEach(this::complain);
      return Optional.empty();
    }
  }

  /** The name that a text is; empty when it is none. */
  static Optional<Path> name(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Path.of(PARSER.parse(text).getAst().getExpr());
    } catch (CelValidationException e) {
      return Optional.empty();
    }
  }

  private Optional<CompiledAssertion> compiled(CelExpr expr, Terms terms) {
    Optional<Term> term = terms.term(expr);
    if (term.isEmpty() || !complaints.all().isEmpty()) {
      return Optional.empty();
    }
    if (term.get() instanceof Term.OfQuantity quantity) {
      complaints.at(
          0,
          "must be a condition that is true or false, but is "
              + Wording.kind(quantity.quantity().kind()));
      return Optional.empty();
    }
    Condition condition = ((Term.OfCondition) term.get()).condition();
    if (condition.figures().isEmpty()) {
      complaints.at(0, "names no fact, so it says nothing about the run");
      return Optional.empty();
    }
    return Optional.of(new CompiledAssertion(text, condition));
  }

  private void complain(CelIssue issue) {
    complaints.in(
        Math.max(1, issue.getSourceLocation().getLine()),
        Math.max(0, issue.getSourceLocation().getColumn()) + 1,
        Wording.ofSyntax(issue.getMessage()));
  }
}
