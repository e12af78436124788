package io.github.datasphere.emulator.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientProcessTest {
  @TempDir
  Path folder;

  @Test
  void theProgramGetsTheVariablesBesideItsOwn() throws Exception {
    var file = folder.resolve("out");
    assertThat(run("printf '%s|%s' \"$MINE\" \"${PATH:+path}\" > " + file, Map.of("MINE", "a b")))
        .isZero();
    assertThat(file).hasContent("a b|path");
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 7, 7", "kill -TERM $$, 143", "kill -KILL $$, 137"})
  void itsExitCodeIsTheProgramsOwn(String script, int code) throws Exception {
    assertThat(run(script, Map.of())).isEqualTo(code);
  }

  @Test
  void aProgramThatIsNotThereGivesWhatAShellWouldGive() {
    assertThatThrownBy(() -> ClientProcess.start(List.of("no-such-program"), Map.of()))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(127))
        .hasMessage("cannot run no-such-program: no such command; is it on the PATH?");
  }

  @Test
  void aFileThatCannotBeRunGivesWhatAShellWouldGive() throws IOException {
    var file = Files.writeString(folder.resolve("data"), "x").toString();
    assertThatThrownBy(() -> ClientProcess.start(List.of(file), Map.of()))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(126));
  }

  private static int run(String script, Map<String, String> variables) throws Exception {
    return ClientProcess.start(List.of("sh", "-c", script), variables).await();
  }
}
