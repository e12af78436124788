package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.JobParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not look at the console pays nothing for it. */
class UnusedFaceTest {
  private static final String FACE = "io.github.datasphere.emulator.face.";
  private static final String SAVED = "io.github.datasphere.emulator.saved.";

  @TempDir
  Path folder;

  @Test
  void nothingOfTheConsoleIsLoadedBeforeTheFirstRequest() throws Exception {
    // Who may come in is known from the start: the link is printed then
    assertThat(loaded("clients")).isSubsetOf(FACE + "FaceAccess");
  }

  @Test
  void theConsoleIsLoadedByItsFirstRequest() throws Exception {
    assertThat(loaded("console")).contains(FACE + "Face", FACE + "Console", FACE + "ServiceRoutes");
  }

  /** Returns which classes of the console a JVM has loaded until its emulator was closed. */
  private List<String> loaded(String used) throws Exception {
    var log = folder.resolve(used + ".log");
    var command = ChildJvm.command(List.of("-Xlog:class+load:file=" + log), Child.class);
    var child = new ProcessBuilder(
            Stream.concat(command.stream(), Stream.of(used)).toList())
        .inheritIO()
        .start();
    try {
      assertThat(child.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isZero();
    } finally {
      child.destroyForcibly();
    }
    try (var lines = Files.lines(log)) {
      return lines
          .flatMap(line -> Stream.of(line.split(" ")))
          .filter(word -> (word.startsWith(FACE) || word.startsWith(SAVED))
              && !word.contains("Test")
              && !word.endsWith(".FaceClient"))
          .distinct()
          .toList();
    }
  }

  /** Starts an emulator, is a client of it, and looks at the console or not. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      var config = EmulatorConfig.onFreePorts();
      try (var emulator = Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)))) {
        try (var client = new TestClient(emulator.channel())) {
          client.create(JobParameters.newBuilder().setCmd("true"), "job");
        }
        var face = new FaceClient(emulator);
        face.exchange(face.request("/healthz"));
        if (args[0].equals("console")) {
          face.get("/jobs");
        }
      }
    }
  }
}
