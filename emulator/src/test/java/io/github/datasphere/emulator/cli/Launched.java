package io.github.datasphere.emulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Executables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher as a process, the way a user's shell starts it. */
record Launched(Process process, Path out, Path err) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /** Where Maven runs this module's tests. */
  static final Path MODULE = Path.of("").toAbsolutePath();

  static final Path LAUNCHER = MODULE.resolve("bin/datasphere-emulator");

  static Launched start(Path folder, String... arguments) throws IOException {
    return start(LAUNCHER, folder, Map.of(), arguments);
  }

  /** The program on the class path of these tests, which needs no jar. */
  static Launched onClassPath(Path folder, Map<String, String> variables, String... arguments)
      throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var launcher = Executables.write(
        Files.createTempFile(folder, "launcher", ".sh"),
        "#!/bin/sh\nexec '" + java + "' -cp '" + System.getProperty("java.class.path")
            + "' $DATASPHERE_EMULATOR_JAVA_OPTS " + Main.class.getName() + " \"$@\"\n");
    return start(launcher, folder, variables, arguments);
  }

  /**
   * Starts it.
   *
   * @param folder working directory, and where its output goes
   * @param variables beside the test's own; an empty one is taken away
   */
  static Launched start(
      Path launcher, Path folder, Map<String, String> variables, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    builder.environment().put("DATASPHERE_EMULATOR_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
    builder.environment().put("TMPDIR", folder.toString());
    // Whatever engine the machine has
    builder.environment().put("DATASPHERE_EMULATOR_RUNNER", "process");
    variables.forEach((name, value) -> {
      builder.environment().remove(name);
      if (!value.isEmpty()) {
        builder.environment().put(name, value);
      }
    });
    return new Launched(builder.start(), out, err);
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("it ends")
        .isTrue();
    return process.exitValue();
  }

  String stdout() {
    return text(out);
  }

  String stderr() {
    return text(err);
  }

  void awaitOutput(String text) {
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> stdout().contains(text) || !process.isAlive());
    assertThat(stdout()).as(() -> "stderr: " + stderr()).contains(text);
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  /**
   * Sends signals within a moment; a busy machine takes longer to start a program for each. With a
   * minus before its name, one goes at once to the whole group, which the process must lead.
   */
  void signalsInAMoment(String... names) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(
        "perl",
        "-e",
        "my $to = shift; for (@ARGV) { select undef, undef, undef, 0.03 if /^[A-Z]/; kill $_, $to }",
        Long.toString(process.pid())));
    command.addAll(List.of(names));
    new ProcessBuilder(command).start().waitFor();
  }

  /** To its whole process group, which it must lead. */
  void signalGroup(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, "--", "-" + process.pid()).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
