package io.github.datasphere.emulator.runner.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogContent;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when their emulator is killed with SIGKILL. */
@EnabledOnOs(OS.LINUX)
class KilledEmulatorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 300;
  private static final String COUNT =
      "for i in $(seq " + LINES + "); do echo line $i; echo error $i >&2; sleep 0.01; done; exit 6";

  @TempDir
  Path folder;

  private final String job = "bt1" + Long.toUnsignedString(new SecureRandom().nextLong(), 36);

  /** Again and again: one that is forked between a look and a kill is seen at the next look. */
  @AfterEach
  void endWhatIsLeft() {
    await().atMost(PATIENCE).until(() -> {
      var left = processes();
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      return left.isEmpty();
    });
  }

  @Test
  void leasedJobsEndWithAllTheirProcesses() throws IOException {
    var stubborn =
        "trap '' TERM HUP INT; (setsid sh -c \"trap '' TERM HUP; sleep 1000; sleep 1000\" &);"
            + " (env -i setsid sleep 1000 &); sleep 1000";
    try (var child = ChildEmulator.start(folder, Durability.LEASED, job, stubborn)) {
      child.await("Started");
      await().atMost(PATIENCE).until(() -> processes().size() >= 6);

      child.killHard();

      await().atMost(PATIENCE).until(() -> processes().isEmpty());
    }
  }

  @Test
  void durableJobGoesOnAndItsLogNeitherLosesNorRepeatsALine() throws IOException {
    try (var child = ChildEmulator.start(folder, Durability.LEFT_AT_CLOSE, job, COUNT)) {
      child.await("Started");
      await().atMost(PATIENCE).until(() -> logged(LogSource.STDOUT).contains("line 20\n"));
      child.killHard();
    }
    try (var child = ChildEmulator.start(folder, Durability.LEFT_AT_CLOSE, job, COUNT)) {
      assertThat(child.await("Ended")).isEqualTo("Ended Exited[returnCode=6, details=]");
    }

    assertThat(logged(LogSource.STDOUT)).isEqualTo(lines("line "));
    assertThat(logged(LogSource.STDERR)).isEqualTo(lines("error "));
    assertThat(logged(LogSource.SYSTEM)).contains("The emulator was restarted");
  }

  @Test
  void durableJobThatEndedMeanwhileIsFoundEnded() throws IOException {
    try (var child = ChildEmulator.start(folder, Durability.ENDED_AT_CLOSE, job, COUNT)) {
      child.await("Started");
      child.killHard();
    }
    await().atMost(PATIENCE).until(() -> processes().isEmpty());
    try (var child = ChildEmulator.start(folder, Durability.ENDED_AT_CLOSE, job, COUNT)) {
      assertThat(child.await("Ended")).isEqualTo("Ended Exited[returnCode=6, details=]");
    }

    assertThat(logged(LogSource.STDOUT)).isEqualTo(lines("line "));
  }

  @Test
  void durableJobWhoseProcessesVanishedFailsAndSaysSo() throws IOException {
    try (var child = ChildEmulator.start(folder, Durability.LEFT_AT_CLOSE, job, "sleep 1000")) {
      child.await("Started");
      child.killHard();
    }
    endWhatIsLeft();

    try (var child = ChildEmulator.start(folder, Durability.LEFT_AT_CLOSE, job, "sleep 1000")) {
      assertThat(child.await("Ended")).contains("FAILED_PRECONDITION").contains("vanished");
    }
  }

  @Test
  void oneGigabyteOfOutputNeedsLittleMemory() throws IOException {
    var flood = "head -c 1073741824 /dev/zero | tr '\\0' 'x'; exit 2";
    try (var child = ChildEmulator.start(folder, Durability.LEASED, job, flood, "-Xmx128m")) {
      assertThat(child.await("Ended")).isEqualTo("Ended Exited[returnCode=2, details=]");
    }
  }

  private static String lines(String begin) {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> begin + i + "\n").collect(joining());
  }

  private String logged(LogSource source) throws IOException {
    try (var log = new SegmentJobLog(folder.resolve("logs"));
        var content = new LogContent(log, new JobId(job), source)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  /**
   * Living processes that have to do with the job: by their environment, directory or arguments.
   */
  private List<Long> processes() {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .filter(this::belongsToTheJob)
          .map(entry -> Long.valueOf(entry.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean belongsToTheJob(Path process) {
    try {
      var environment = new String(Files.readAllBytes(process.resolve("environ")), ISO_8859_1);
      return environment.contains("DATASPHERE_EMULATOR_JOB=" + job)
          || process.resolve("cwd").toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
