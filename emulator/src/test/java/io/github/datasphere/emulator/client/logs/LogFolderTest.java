package io.github.datasphere.emulator.client.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of logs that a disk does not take. */
@EnabledOnOs(OS.LINUX) // has a file that is always full
class LogFolderTest {
  private static final byte[] OUTPUT = "hello\n".getBytes(UTF_8);

  @TempDir
  Path folder;

  @Test
  void fileThatTheDiskDoesNotTakeIsToldOnceWithWhatToDo() throws IOException {
    Files.createSymbolicLink(folder.resolve("stdout.txt"), Path.of("/dev/full"));
    try (var log = LogFolder.open(folder, Clock.systemUTC())) {
      log.record(LogFile.STDOUT, OUTPUT, Instant.EPOCH);
      log.flush();

      assertThat(log.troubles())
          .containsExactly("the log file " + folder.resolve("stdout.txt")
              + " is not complete: No space left on device; make room there, or choose another"
              + " path");

      log.record(LogFile.STDOUT, OUTPUT, Instant.EPOCH);
      log.flush();
      assertThat(log.troubles()).isEmpty();
    }
    assertThat(folder.resolve("log.txt")).content().contains("hello").hasLineCount(2);
  }

  @Test
  void fileThatCanBeWrittenIsNoTrouble() throws IOException {
    try (var log = LogFolder.open(folder, Clock.systemUTC())) {
      log.record(LogFile.STDOUT, OUTPUT, Instant.EPOCH);
      log.flush();
      assertThat(log.troubles()).isEmpty();
    }
  }
}
