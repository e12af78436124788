package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.saved.SavedJobs;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DataSphereEmulator
class FailureReportTest {
  @Test
  void itTellsWhatHappenedToEachJobAndEveryCall(
      Emulator emulator, ProjectJobServiceBlockingStub jobs) {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
    var id = Jobs.execute(jobs, "a");
    emulator.clock().advance(Duration.ofHours(1));
    assertThat(FailureReport.of(emulator))
        .contains(
            "timeline of job " + id,
            "EXECUTING -> UPLOADING_OUTPUT",
            "ProjectJobService.Create -> OK",
            "ProjectJobService.Execute -> OK",
            "clock: " + emulator.clock().now());
  }

  @Test
  void whatAFailedTestSawIsInAFileBesideItsReport(@TempDir Path reports) throws Exception {
    var run =
        Run.of(Map.of("datasphere.emulator.saved-jobs", reports.toString()), FailsWithAJob.class);

    var file = reports.resolve(FailsWithAJob.class.getName() + ".fails.dsjob");
    assertThat(run.failureText()).contains("saved: " + file);
    try (var saved = SavedJobs.open(file)) {
      assertThat(saved.jobs()).extracting(job -> job.getName()).containsExactly("a");
      assertThat(saved.timeline(saved.jobs().get(0).getId()).toString()).contains("EXECUTING");
      assertThat(saved.calls()).extracting(call -> call.getMethod()).contains("Create", "Execute");
    }
  }

  @Test
  void aTestThatPassesLeavesNoFile(@TempDir Path reports) {
    Run.of(Map.of("datasphere.emulator.saved-jobs", reports.toString()), Passes.class);

    assertThat(reports).isEmptyDirectory();
  }

  @DataSphereEmulator(strict = true)
  static class FailsWithAJob {
    @Test
    void fails(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
      Jobs.execute(jobs, "a");
    }
  }

  @DataSphereEmulator
  static class Passes {
    @Test
    void passes(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
      Jobs.execute(jobs, "a");
    }
  }
}
