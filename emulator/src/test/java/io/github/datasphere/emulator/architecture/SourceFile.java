package io.github.datasphere.emulator.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** A parsed Java source of the repository, of any module, main, test or bench. */
record SourceFile(Path path, String text, CompilationUnitTree tree, DocTrees trees) {

  /**
   * Every source of the repository, found from the directory that Maven runs this module's tests
   * in.
   */
  static List<SourceFile> ofRepository() throws IOException {
    var root = Path.of("").toAbsolutePath().getParent();
    var paths = new ArrayList<Path>();
    for (var module : List.of("proto", "emulator", "junit-extension", "samples")) {
      paths.addAll(javaFilesBelow(root.resolve(module).resolve("src")));
    }
    return parse(root, paths);
  }

  boolean isMain() {
    return path.toString().contains("src/main/java");
  }

  boolean isPackageInfo() {
    return path.endsWith("package-info.java");
  }

  long line(long position) {
    return tree.getLineMap().getLineNumber(position);
  }

  long firstLine(Tree part) {
    return line(trees.getSourcePositions().getStartPosition(tree, part));
  }

  long lastLine(Tree part) {
    return line(trees.getSourcePositions().getEndPosition(tree, part));
  }

  boolean hasJavadoc(TreePath part) {
    return trees.getDocComment(part) != null;
  }

  private static List<Path> javaFilesBelow(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static List<SourceFile> parse(Path root, List<Path> paths) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var objects = manager.getJavaFileObjectsFromPaths(paths);
      var task =
          (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, objects);
      var trees = DocTrees.instance(task);
      var sources = new ArrayList<SourceFile>();
      for (var unit : task.parse()) {
        sources.add(new SourceFile(
            root.relativize(Path.of(unit.getSourceFile().toUri())),
            text(unit.getSourceFile()),
            unit,
            trees));
      }
      return sources;
    }
  }

  private static String text(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file.getName(), e);
    }
  }
}
