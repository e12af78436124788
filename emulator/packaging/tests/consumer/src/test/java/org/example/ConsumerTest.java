package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.junit.DataSphereEmulator;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@DataSphereEmulator
class ConsumerTest {
  @Test
  void aJobThatRunsForHoursIsOver(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
    var work = Script.empty().lasts(Duration.ofHours(10));
    var id = emulator.givenJob(job -> job.status(JobStatus.EXECUTING).running(work));
    emulator.clock().advance(Duration.ofHours(10));
    var job = jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
    assertEquals(JobStatus.SUCCESS, job.getStatus());
  }
}
