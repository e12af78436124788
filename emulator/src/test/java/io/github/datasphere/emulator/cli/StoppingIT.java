package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to stop as they come: twice in a moment, to a whole group, INT and then TERM. */
class StoppingIT {
  /** Tells each signal, while a shell takes those for one that come while its command runs. */
  private static final String COUNTS =
      "$|=1; $SIG{TERM}=sub{print qq(TERM\\n)}; $SIG{INT}=sub{print qq(INT\\n)};"
          + " $SIG{HUP}=sub{exit 7}; print qq(ready\\n); select(undef,undef,undef,0.05) while 1";

  @TempDir
  Path folder;

  @Test
  void execPassesASignalThatArrivesTwiceOnOnce() throws Exception {
    try (var exec = Launched.start(folder, "exec", "--", "perl", "-e", COUNTS)) {
      exec.awaitOutput("ready");
      exec.signalsInAMoment("TERM", "TERM");
      exec.awaitOutput("TERM");
      exec.signal("HUP");
      assertThat(exec.exitCode()).isEqualTo(7);
      assertThat(exec.stdout()).isEqualTo("ready\nTERM\n");
    }
  }

  @Test
  void execLeavesASignalToTheWholeGroupAsItIs() throws Exception {
    try (var exec = leader("exec", "--", "perl", "-e", COUNTS)) {
      exec.awaitOutput("ready");
      exec.signalsInAMoment("TERM", "-TERM");
      exec.awaitOutput("TERM");
      exec.signalGroup("INT");
      exec.awaitOutput("INT");
      exec.signal("HUP");
      assertThat(exec.exitCode()).isEqualTo(7);
      assertThat(exec.stdout()).isEqualTo("ready\nTERM\nINT\n");
    }
  }

  @Test
  void doctorThatIsStoppedWhileAProgramIsSilentLeavesNeitherItNorAFile() throws Exception {
    var tools = Files.createDirectory(folder.resolve("tools"));
    Executables.write(
        tools.resolve("python3"),
        "#!/bin/sh\necho $$ > '" + folder + "/own'\nmv '" + folder + "/own' '" + folder
            + "/asked'\nexec sleep 600\n");
    var path = tools + ":" + System.getenv("PATH");

    try (var doctor = Launched.onClassPath(folder, Map.of("PATH", path), "doctor")) {
      await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(folder.resolve("asked")));
      doctor.signal("TERM");
      doctor.exitCode();

      var program = Long.parseLong(Files.readString(folder.resolve("asked")).strip());
      await()
          .until(() -> ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
      try (var files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.startsWith("datasphere-emulator-doctor"));
      }
    }
  }

  @Test
  void startThatIsAskedTwiceInAMomentEndsInOrder() throws Exception {
    try (var server = Launched.start(
        folder,
        "start",
        "--data-dir",
        "data",
        "--grpc-port",
        "0",
        "--http-port",
        "0",
        "--tls-port",
        "0",
        "--proxy-port",
        "0")) {
      server.awaitOutput("Ctrl+C ends it.");
      server.signalsInAMoment("TERM", "TERM", "INT");
      assertThat(server.exitCode()).isZero();
      assertThat(server.stderr()).contains("Ending; asked once more");
    }
  }

  @Test
  void intTwiceAndThenTermLeaveARunItsGrace() throws Exception {
    writeJob(
        "trap 'echo asked; until [ -e told ]; do sleep 0.05; done; echo saved > ${OUT}; exit 3' INT;"
            + " echo ready; while :; do sleep 0.05; done");
    try (var run = Launched.start(folder, "run", "job.yaml")) {
      run.awaitOutput("ready");
      run.signalsInAMoment("INT", "INT");
      run.awaitOutput("asked");
      run.signalsInAMoment("TERM", "TERM");
      Files.createFile(toldIn(run));
      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.stderr())
          .contains("ask again to end it at once")
          .doesNotContain("asked again");
    }
    assertThat(folder.resolve("out.txt")).hasContent("saved");
  }

  /** The job's own directory, which it has told. */
  private static Path toldIn(Launched run) {
    return Path.of(run.stdout().lines().findFirst().orElseThrow()).resolve("told");
  }

  private void writeJob(String command) throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"),
        "name: stops\ncmd: pwd; " + command
            + "\noutputs: [{out.txt: OUT}]\ngraceful-shutdown: {signal: SIGINT, timeout: 60s}\n");
  }

  /** Leads a process group of its own. */
  private Launched leader(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(Launched.LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    return Launched.start(
        Path.of("/usr/bin/setsid"), folder, Map.of(), command.toArray(String[]::new));
  }
}
