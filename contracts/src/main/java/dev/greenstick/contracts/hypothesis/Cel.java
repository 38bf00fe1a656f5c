package dev.greenstick.contracts.hypothesis;

import static dev.cel.checker.CelStandardDeclarations.StandardFunction.ADD;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.CONDITIONAL;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.DIVIDE;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.DURATION;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.GREATER;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.GREATER_EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LESS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LESS_EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LOGICAL_AND;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LOGICAL_NOT;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LOGICAL_OR;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.MULTIPLY;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.NEGATE;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.NOT_EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.SUBTRACT;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

/** The CEL environment: flat typed facts, numbers, durations and logic, and nothing that loops. */
final class Cel {

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .evaluateCanonicalTypesToNativeValues(true)
          .maxParseRecursionDepth(64)
          .build();

  static final CelCompiler COMPILER = compiler();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
  private static final CelUnparser UNPARSER = CelUnparserFactory.newUnparser();

  private Cel() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .includeFunctions(
                        LOGICAL_AND,
                        LOGICAL_OR,
                        LOGICAL_NOT,
                        CONDITIONAL,
                        EQUALS,
                        NOT_EQUALS,
                        LESS,
                        LESS_EQUALS,
                        GREATER,
                        GREATER_EQUALS,
                        ADD,
                        SUBTRACT,
                        MULTIPLY,
                        DIVIDE,
                        NEGATE,
                        DURATION)
                    .build());
    for (Fact fact : Vocabulary.all()) {
      builder.addVar(
          fact.name(), fact.unit().isDuration() ? SimpleType.DURATION : SimpleType.DOUBLE);
    }
    return builder.build();
  }

  /** A program of a part of a checked expression. */
  static CelRuntime.Program program(CelAbstractSyntaxTree ast, CelExpr part)
      throws CelEvaluationException {
    return RUNTIME.createProgram(part(ast, part));
  }

  /** A part of a checked expression as text. */
  static String unparse(CelAbstractSyntaxTree ast, CelExpr part) {
    return UNPARSER.unparse(part(ast, part));
  }

  private static CelAbstractSyntaxTree part(CelAbstractSyntaxTree ast, CelExpr part) {
    return CelAbstractSyntaxTree.newCheckedAst(
        part, ast.getSource(), ast.getReferenceMap(), ast.getTypeMap());
  }
}
