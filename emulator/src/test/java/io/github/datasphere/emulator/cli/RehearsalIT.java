package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes the archive of classes, as the launcher runs it. */
class RehearsalIT {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir
  Path folder;

  @Test
  void aFolderWithBlanksIsAllThatItWritesTo() throws Exception {
    var own = Files.createDirectory(folder.resolve("with blanks"));
    var neighbour = Files.writeString(folder.resolve("with"), "of the user");
    var output = folder.resolve("output");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var options = "-Djava.io.tmpdir=" + own;
    var classPath = System.getProperty("java.class.path");
    var builder = new ProcessBuilder(
            java, options, "-cp", classPath, Rehearsal.class.getName(), own.toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    // A container's folders have no blanks
    builder.environment().put("DOCKER_HOST", "unix://" + folder.resolve("no-engine.sock"));
    var process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(neighbour).hasContent("of the user");
  }
}
