package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
