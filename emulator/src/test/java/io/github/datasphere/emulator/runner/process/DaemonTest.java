package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.process.os.HostShell;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves its job's session, environment and directory. */
@EnabledOnOs(OS.LINUX)
class DaemonTest {
  private static final String DAEMON =
      "(cd /; env -i setsid sh -c 'echo $$; exec sleep 1000' &); sleep 0.5";

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void daemonEndsWithItsJob(Durability durability) {
    assumeThat(HostShell.find("perl", System.getenv()).or(this::python)).isPresent();
    try (var harness = new RunnerHarness((ports, events) -> ProcessRunner.start(
        new ProcessSettings(
            folder.resolve("jobs"), durability, JobResources.within(folder), System.getenv()),
        ports,
        events))) {
      var job = job(DAEMON).build();

      assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));

      var daemon = Long.parseLong(harness.stdout(job).strip());
      assertThat(ProcessHandle.of(daemon).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  private Optional<Path> python() {
    return HostShell.find("python3", System.getenv());
  }
}
