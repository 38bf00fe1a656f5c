package dev.greenstick.contracts.published;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The words of the sources: what a type is, and what each component of a record holds. */
final class Javadoc {

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> components = new HashMap<>();
  private final Map<String, String> members = new HashMap<>();

  private Javadoc() {}

  /** Reads every source below the directory. */
  static Javadoc of(Path sources) {
    Javadoc javadoc = new Javadoc();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> tree = Files.walk(sources)) {
      List<Path> paths =
          tree.filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.endsWith("package-info.java"))
              .sorted()
              .toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(paths));
      DocTrees trees = DocTrees.instance(task);
      for (var unit : task.parse()) {
        String prefix = unit.getPackageName() + ".";
        new TreePathScanner<Void, String>() {
          @Override
          public Void visitClass(ClassTree type, String outer) {
            String name = outer + type.getSimpleName();
            javadoc.add(name, trees.getDocCommentTree(new TreePath(getCurrentPath(), type)));
            for (Tree member : type.getMembers()) {
              DocCommentTree comment =
                  trees.getDocCommentTree(new TreePath(getCurrentPath(), member));
              if (comment != null && member instanceof VariableTree constant) {
                javadoc.members.put(
                    name + "#" + constant.getName(), text(comment.getFirstSentence()));
              } else if (comment != null && member instanceof MethodTree method) {
                javadoc.members.put(
                    name + "#" + method.getName(), text(comment.getFirstSentence()));
              }
            }
            return super.visitClass(type, name + "$");
          }
        }.scan(unit, prefix);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return javadoc;
  }

  /** The first sentence about a type, without its full stop's successors. */
  Optional<String> about(Class<?> type) {
    return text(types, type.getName());
  }

  /** What a component of a record holds. */
  Optional<String> about(Class<?> record, String component) {
    return text(components, record.getName() + "#" + component);
  }

  /** The first sentence about a constant or method. */
  Optional<String> aboutMember(Class<?> type, String member) {
    return text(members, type.getName() + "#" + member);
  }

  private static Optional<String> text(Map<String, String> texts, String key) {
    return Optional.ofNullable(texts.get(key)).filter(text -> !text.isEmpty());
  }

  private void add(String name, DocCommentTree comment) {
    if (comment == null) {
      return;
    }
    types.put(name, text(comment.getFirstSentence()));
    for (DocTree tag : comment.getBlockTags()) {
      if (tag instanceof ParamTree param && !param.isTypeParameter()) {
        components.put(name + "#" + param.getName(), text(param.getDescription()));
      }
    }
  }

  private static String text(List<? extends DocTree> trees) {
    return trees.stream()
        .map(Javadoc::text)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String text(DocTree tree) {
    if (tree instanceof LiteralTree literal) {
      return literal.getBody().getBody();
    }
    if (tree instanceof LinkTree link) {
      return link.getReference().getSignature().replaceAll("^.*[.#]|\\(.*\\)$", "");
    }
    if (tree instanceof ValueTree) {
      return "";
    }
    return tree.toString();
  }
}
