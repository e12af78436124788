package io.github.datasphere.emulator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rules on the text of all modules: sizes, names, comments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceRulesTest {

  private static final int MOST_LINES_OF_A_FILE = 400;
  private static final int MOST_LINES_OF_A_METHOD = 50;
  private static final int MOST_PARAMETERS = 7;
  private static final Pattern EMPTY_NAMES = Pattern.compile(".*(Impl|Manager|Utils?|Helper)");
  private static final Pattern POSTPONED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Pattern RIDDLES = Pattern.compile(
      "\\b(?i:nobody|everybody|somebody|whoever|whomever|anew|can't|won't)\\b|/\\*\\* (Of|Likewise)\\b");
  private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.\\w+)\\.sleep\\(");
  private static final Pattern DISABLED = Pattern.compile("^\\s*@Disabled\\b", Pattern.MULTILINE);

  private List<SourceFile> sources = List.of();

  @BeforeAll
  void readTheRepository() throws IOException {
    sources = SourceFile.ofRepository();
  }

  @Test
  void theSourcesOfTheRepositoryAreFound() {
    assertThat(sources).anyMatch(SourceFile::isMain).anyMatch(file -> !file.isMain());
  }

  @Test
  void filesAreShort() {
    assertThat(sources.stream()
            .filter(file -> file.text().lines().count() > MOST_LINES_OF_A_FILE)
            .map(SourceFile::path))
        .isEmpty();
  }

  @Test
  void methodsAreShort() {
    assertThat(methods((file, path) -> {
          var lines = file.lastLine(path.getLeaf()) - file.firstLine(path.getLeaf()) + 1;
          return lines > MOST_LINES_OF_A_METHOD ? lines + " lines" : "";
        }))
        .isEmpty();
  }

  @Test
  void methodsTakeFewParameters() {
    assertThat(methods((file, path) -> {
          var count = ((MethodTree) path.getLeaf()).getParameters().size();
          return count > MOST_PARAMETERS && !isConstructorOfRecord(path)
              ? count + " parameters"
              : "";
        }))
        .isEmpty();
  }

  @Test
  void commentsAndMessagesUsePlainWords() {
    assertThat(sources.stream()
            .filter(SourceFile::isMain)
            .flatMap(file -> RIDDLES
                .matcher(file.text())
                .results()
                .map(found -> file.path() + ": " + found.group())))
        .isEmpty();
  }

  @Test
  void namesSayWhatATypeIsFor() {
    assertThat(types((file, path) -> {
          var name = ((ClassTree) path.getLeaf()).getSimpleName();
          return EMPTY_NAMES.matcher(name).matches() ? "says nothing" : "";
        }))
        .isEmpty();
  }

  @Test
  void publicTypesCarryJavadoc() {
    assertThat(
            types((file, path) -> file.isMain() && isPublicTopLevel(path) && !file.hasJavadoc(path)
                ? "lacks Javadoc"
                : ""))
        .isEmpty();
  }

  @Test
  void packagesStateTheirPurpose() {
    var described = new TreeSet<String>();
    var used = new TreeSet<String>();
    for (var file : sources) {
      var directory = file.path().getParent().toString();
      if (!file.isPackageInfo()) {
        used.add(directory);
      } else if (file.text().startsWith("/**")) {
        described.add(directory);
      }
    }
    used.removeIf(directory -> !directory.contains("src/main/java"));
    assertThat(described).as("packages whose package-info begins with Javadoc").containsAll(used);
  }

  /** Then the compiler tells where a new constant or kind is forgotten. */
  @Test
  void switchesOverEnumsNameEveryConstant() {
    assertThat(found(file -> new Finder(file) {
          @Override
          public Void visitSwitch(SwitchTree tree, Void unused) {
            check(tree, tree.getCases());
            return super.visitSwitch(tree, null);
          }

          @Override
          public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
            check(tree, tree.getCases());
            return super.visitSwitchExpression(tree, null);
          }

          private void check(Tree tree, List<? extends CaseTree> cases) {
            report("switch", tree, hidesConstants(file, cases) ? "has a default" : "");
          }
        }))
        .isEmpty();
  }

  /** Where the right side says the type as well; elsewhere a type may steer what is inferred. */
  @Test
  void localVariablesAreVarsWhereTheTypeIsPlain() {
    assertThat(found(file -> new Finder(file) {
          @Override
          public Void visitVariable(VariableTree variable, Void unused) {
            report(
                variable.getName().toString(),
                variable,
                file.isMain() && repeatsItsType(variable, getCurrentPath().getParentPath())
                    ? "write var"
                    : "");
            return super.visitVariable(variable, null);
          }
        }))
        .isEmpty();
  }

  private static boolean repeatsItsType(VariableTree variable, TreePath parent) {
    if (variable.getType() == null || parent.getLeaf() instanceof ClassTree) {
      return false;
    }
    if (parent.getLeaf() instanceof EnhancedForLoopTree) {
      return !(variable.getType() instanceof PrimitiveTypeTree);
    }
    var value = variable.getInitializer();
    return value instanceof NewClassTree made && !made.toString().contains("<>")
        || value != null && value.getKind() == Tree.Kind.STRING_LITERAL;
  }

  @Test
  void nothingIsPostponed() {
    assertThat(containing(POSTPONED)).isEmpty();
  }

  @Test
  void nothingSleeps() {
    assertThat(containing(SLEEP))
        .as("tests wait for a condition or move the clock")
        .allSatisfy(hit -> assertThat(hit).contains("src/main/java"));
  }

  @Test
  void noTestIsDisabled() {
    assertThat(containing(DISABLED)).isEmpty();
  }

  /** Where the pattern occurs; this file, which names it, left out. */
  private Stream<String> containing(Pattern pattern) {
    var self = getClass().getSimpleName() + ".java";
    return sources.stream()
        .filter(file -> !file.path().endsWith(self))
        .flatMap(file -> pattern
            .matcher(file.text())
            .results()
            .map(hit -> file.path() + ":" + file.line(hit.start()) + " " + hit.group()));
  }

  private List<String> methods(BiFunction<SourceFile, TreePath, String> problem) {
    return found(file -> new Finder(file) {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        report(method.getName().toString(), method, problem.apply(file, getCurrentPath()));
        return super.visitMethod(method, null);
      }
    });
  }

  private List<String> types(BiFunction<SourceFile, TreePath, String> problem) {
    return found(file -> new Finder(file) {
      @Override
      public Void visitClass(ClassTree type, Void unused) {
        report(type.getSimpleName().toString(), type, problem.apply(file, getCurrentPath()));
        return super.visitClass(type, null);
      }
    });
  }

  /** Its parameters are the components, which say themselves how many they are. */
  private static boolean isConstructorOfRecord(TreePath path) {
    return path.getParentPath().getLeaf().getKind() == Tree.Kind.RECORD
        && ((MethodTree) path.getLeaf()).getName().contentEquals("<init>");
  }

  /**
   * Whether there is a default beside names, other than those of numbers that the file declares.
   */
  private static boolean hidesConstants(SourceFile file, List<? extends CaseTree> cases) {
    return cases.stream().anyMatch(one -> one.getExpressions().isEmpty())
        && cases.stream()
            .flatMap(one -> one.getExpressions().stream())
            .filter(IdentifierTree.class::isInstance)
            .anyMatch(name -> !Pattern.compile("\\b(int|byte) " + name + " =")
                .matcher(file.text())
                .find());
  }

  private static boolean isPublicTopLevel(TreePath path) {
    return path.getParentPath().getLeaf() instanceof CompilationUnitTree
        && ((ClassTree) path.getLeaf()).getModifiers().getFlags().contains(Modifier.PUBLIC);
  }

  private List<String> found(Function<SourceFile, Finder> finder) {
    var problems = new ArrayList<String>();
    for (var file : sources) {
      var scanner = finder.apply(file);
      scanner.scan(file.tree(), null);
      problems.addAll(scanner.problems);
    }
    return problems;
  }

  private abstract static class Finder extends TreePathScanner<Void, Void> {

    private final SourceFile file;
    private final List<String> problems = new ArrayList<>();

    Finder(SourceFile file) {
      this.file = file;
    }

    void report(String name, Tree where, String problem) {
      if (!problem.isEmpty()) {
        problems.add(file.path() + ":" + file.firstLine(where) + " " + name + ": " + problem);
      }
    }
  }
}
