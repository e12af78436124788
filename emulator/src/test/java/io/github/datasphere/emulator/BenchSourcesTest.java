package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench is run by hand alone, and would otherwise break unseen. */
class BenchSourcesTest {
  private static final Path SOURCES = Path.of("src/bench/java");

  @TempDir
  Path classes;

  @Test
  void itsRowsCompile() throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var errors = new StringWriter();
    try (var tree = Files.walk(SOURCES);
        var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
      var options = List.of(
          "-proc:none",
          "-nowarn",
          "-cp",
          System.getProperty("java.class.path"),
          "-d",
          classes.toString());
      var compiled = compiler
          .getTask(errors, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();

      assertThat(compiled).as(errors.toString()).isTrue();
    }
  }
}
