package io.github.datasphere.emulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of a Java whose locale knows no letter but the English ones, without the launcher. */
class LocaleTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir
  Path folder;

  @TempDir
  Path programs;

  @Test
  void runTakesNamesOfAnyLanguageInAndOut() throws Exception {
    Files.createDirectories(folder.resolve("данные"));
    Files.writeString(folder.resolve("данные/файл.txt"), "f");
    Files.writeString(folder.resolve("жук"), "beetle");
    Files.writeString(folder.resolve("job.yaml"), """
        cmd: mkdir итоги; cat данные/файл.txt жук > итоги/всё.txt; cp жук ответ.txt
        inputs: [данные, жук]
        outputs: [итоги, ответ.txt]
        """);

    assertThat(main(Map.of(), "run", "job.yaml")).as(printed()).isZero();

    assertThat(folder.resolve("итоги/всё.txt")).hasContent("fbeetle");
    assertThat(folder.resolve("ответ.txt")).hasContent("beetle");
  }

  @Test
  void argumentThatJavaCannotReadIsRefused() throws Exception {
    assertThat(shell("exec \"$@\" run задача.yaml")).isEqualTo(2);

    assertThat(printed())
        .contains("datasphere-emulator: the argument '")
        .contains("set LC_ALL=C.UTF-8");
  }

  @Test
  void jobAndCommandSeeTheLocaleOfTheUser() throws Exception {
    Files.writeString(folder.resolve("job.yaml"), "cmd: echo \"<$LC_ALL>\"\n");

    assertThat(main(Map.of("LC_ALL", "C.UTF-8"), "run", "job.yaml"))
        .as(printed())
        .isZero();
    assertThat(printed()).contains("<>");

    var command = "echo \"[${LC_ALL-none}]\"";
    assertThat(main(Map.of("LC_ALL", "C.UTF-8"), "exec", "--", "sh", "-c", command))
        .isZero();
    assertThat(printed()).contains("[none]");
  }

  private int main(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    var command = java();
    command.addAll(List.of(arguments));
    return run(command, variables);
  }

  /** Arguments that this Java could not pass on by itself. */
  private int shell(String script) throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("script.sh"), script);
    List<String> command = new ArrayList<>(List.of("bash", file.toString()));
    command.addAll(java());
    return run(command, Map.of());
  }

  /** Whose logs of runs are in the folder, too. */
  private List<String> java() throws IOException {
    var options = List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.io.tmpdir=" + folder,
        "-Ddatasphere.emulator.lc_all=");
    return ChildJvm.commandForAnyLocale(options, Main.class, programs);
  }

  private int run(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed").toFile());
    builder.environment().put("DATASPHERE_EMULATOR_RUNNER", "process");
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(variables);
    var process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String printed() throws IOException {
    return new String(Files.readAllBytes(folder.resolve("printed")), UTF_8);
  }
}
