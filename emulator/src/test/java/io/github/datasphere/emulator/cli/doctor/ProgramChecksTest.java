package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramChecksTest {
  @TempDir
  Path folder;

  private ToolFolder tools;

  @BeforeEach
  void makeTools() {
    tools = new ToolFolder(folder);
  }

  @Test
  void pythonIsGoodIfItCanMakeVirtualEnvironments() throws IOException {
    tools.with("python3", "echo Python 3.11.2").with("python3.10", "").with("python3.12", "");
    assertThat(new PythonCheck(tools.programs()).run())
        .containsExactly(Finding.ok("Python 3.11.2; jobs can have 3.10, 3.12"));
  }

  @Test
  void pythonWithoutVenvIsNoted() throws IOException {
    tools.with("python3", "[ \"$1\" = --version ] && echo Python 3.11.2");
    assertNote(new PythonCheck(tools.programs()), "cannot make virtual environments", "venv");
  }

  @Test
  void missingPythonIsNoted() {
    assertNote(new PythonCheck(tools.programs()), "no python3", "install Python 3");
  }

  @Test
  void brokenPythonIsNoted() throws IOException {
    tools.with("python3", "echo cannot load libpython; exit 1");
    assertNote(new PythonCheck(tools.programs()), "cannot load libpython", "reinstall");
  }

  @Test
  void bashIsFoundOrMissed() throws IOException {
    assertNote(new ShellCheck(tools.programs()), "no bash", "install bash");
    tools.with("bash", "");
    assertThat(new ShellCheck(tools.programs()).run())
        .containsExactly(Finding.ok(folder.resolve("bash").toString()));
  }

  @Test
  void gpusAreListed() throws IOException {
    tools.with("nvidia-smi", "echo 'GPU 0: T4'; echo 'GPU 1: L4'");
    assertThat(new GpuCheck(tools.programs()).run())
        .containsExactly(Finding.ok("GPU 0: T4"), Finding.ok("GPU 1: L4"));
  }

  @Test
  void noGpuIsFine() {
    assertThat(new GpuCheck(tools.programs()).run())
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  @Test
  void aBrokenDriverIsNoted() throws IOException {
    tools.with("nvidia-smi", "echo no devices; exit 9");
    assertNote(new GpuCheck(tools.programs()), "nvidia-smi fails: no devices", "driver");
  }

  @Test
  void theOfficialClientIsTriedWithItsVersionCheck() throws IOException {
    tools.with("datasphere", "[ \"$1\" = version ]");
    assertThat(new OfficialClientCheck(tools.programs()).run())
        .containsExactly(Finding.ok("the official command line works"));
    tools.with("datasphere", "printf 'Traceback\\n\\033[31mno route\\033[0m\\n'; exit 1");
    assertNote(new OfficialClientCheck(tools.programs()), "fails: no route", "--offline");
  }

  @Test
  void aProgramThatHangsIsEnded() throws IOException {
    tools.with("slow", "exec /bin/sleep 60");
    var answer = tools.programs().ask(Duration.ofMillis(100), "slow");
    assertThat(answer).map(ProgramSearch.Answer::isGood).contains(false);
  }

  private static void assertNote(Check check, String text, String mend) {
    assertThat(check.run()).singleElement().satisfies(finding -> {
      assertThat(finding.level()).isEqualTo(Level.NOTE);
      assertThat(finding.text()).contains(text);
      assertThat(finding.mend()).hasValueSatisfying(advice -> assertThat(advice).contains(mend));
    });
  }
}
