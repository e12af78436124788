package io.github.datasphere.emulator.runner.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.job.id.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessTableTest {
  @TempDir
  Path folder;

  private Process supervisor;

  @AfterEach
  void end() {
    if (supervisor != null) {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void aStoppedSupervisorWhoseChildrenHaveEndedIsEnded() throws IOException {
    var pid = folder.resolve("pid");
    supervisor = new ProcessBuilder(
            "bash", "-c", "sleep 0.1 & echo $! > '" + pid + "'; kill -STOP $$")
        .start();
    Awaitility.await()
        .until(() -> Files.exists(pid) && isZombie(Files.readString(pid).strip()));

    assertThat(ProcessTable.end(new JobId("bt1stopped"), ProcessIdentity.of(supervisor.pid())))
        .isTrue();

    assertThat(supervisor.isAlive()).isFalse();
  }

  private static boolean isZombie(String pid) throws IOException {
    return !pid.isEmpty() && Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
  }
}
