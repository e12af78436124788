package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void openShell() {
    shell = new Shell(folder);
  }

  @Test
  void withoutCommandItSaysWhatThereIs() {
    assertThat(shell.run()).isEqualTo(2);
    assertThat(shell.err())
        .contains("datasphere-emulator: which command?")
        .contains("'datasphere-emulator --help' tells what there is.");
    assertThat(shell.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tpyes, types",
    "ENV, env",
    "docter, doctor",
  })
  void aMistypedCommandGetsTheNearest(String typed, String meant) {
    assertThat(shell.run(typed)).isEqualTo(2);
    assertThat(shell.err()).contains("'" + typed + "'; did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "--fti=scale, --fit",
    "--confg, --config",
    "--hlep, --help",
  })
  void aMistypedOptionGetsTheNearest(String typed, String meant) {
    assertThat(shell.run("types", typed)).isEqualTo(2);
    assertThat(shell.err())
        .contains("'" + typed + "'; did you mean '" + meant + "'?")
        .contains("'datasphere-emulator types --help' tells what there is.");
  }

  @Test
  void anOptionWithoutItsValueIsWrongUsage() {
    assertThat(shell.run("types", "--fit")).isEqualTo(2);
    assertThat(shell.err()).contains("Missing required parameter for option '--fit' (HOW)");
  }

  @Test
  void aWrongConfigurationIsWrongUsageAndNamesItsLines() throws IOException {
    Files.writeString(folder.resolve("datasphere-emulator.yaml"), "\nrnuner: docker\nfit: tight\n");
    assertThat(shell.run("types")).isEqualTo(2);
    assertThat(shell.err()).isEqualToNormalizingNewlines("""
            datasphere-emulator types: the configuration cannot be used:
              datasphere-emulator.yaml:3: fit: expected one of clamp, scale, strict, found "tight"
              datasphere-emulator.yaml:2: unknown key "rnuner"; did you mean "runner"?
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "-V"})
  void theVersionIsToldHoweverItIsAskedFor(String question) {
    assertThat(shell.run(question)).isZero();
    assertThat(shell.out())
        .startsWith("datasphere-emulator ")
        .contains("(Java ")
        .endsWith("\n");
    assertThat(shell.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "types", "version", "doctor"})
  void everyCommandHasHelp(String command) {
    assertThat(shell.run(command, "--help")).isZero();
    assertThat(shell.out()).contains("Usage: datasphere-emulator " + command).contains("--help");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void versionNamesJava() {
    assertThat(shell.run("version")).isZero();
    assertThat(shell.out()).contains("Java " + System.getProperty("java.version"));
  }

  @Test
  void completionKnowsCommandsAndOptions() {
    assertThat(shell.run("generate-completion")).isZero();
    assertThat(shell.out()).startsWith("#!/usr/bin/env bash").contains("types").contains("--fit");
  }
}
