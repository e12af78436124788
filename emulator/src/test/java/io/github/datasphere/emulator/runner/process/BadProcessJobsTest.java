package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a machine cannot do for a job is told in words. */
class BadProcessJobsTest extends RunnerContract {
  @Override
  protected Factory factory() {
    return (folder, resources, ports, events) -> ProcessRunner.start(
        new ProcessSettings(folder.resolve("jobs"), Durability.LEASED, resources, System.getenv()),
        ports,
        events);
  }

  @Test
  void anArchiveDeeperThanAnyPathIsToldInWords() {
    assertThat(failure("a/".repeat(30_000) + "x"))
        .contains("its entry 'a/a/a/", "...' is longer than a path can be")
        .hasSizeLessThan(400);
  }

  @Test
  void aPathThatIsTooLongWithTheJobsDirectoryIsToldInWords() {
    assertThat(failure("a/".repeat(2_040) + "x")).contains("could not be placed");
  }

  private String failure(String entry) {
    var job = job("true").input(harness.directory("in", "", Map.of(entry, "X"))).build();
    return ((Ending.Failed) harness.run(job)).message();
  }
}
