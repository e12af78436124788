package io.github.datasphere.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Uses nothing but JUnit's own assertions: the extension works where AssertJ is not. */
@DataSphereEmulator(strict = true)
class PlainTest {
  @Test
  void aScriptedJobEndsInItsTime(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
    emulator
        .whenExecuted(job -> job.name().equals("train"))
        .thenRun(script -> script.stdout("epoch 1\n").lasts(Duration.ofHours(1)).exits(0));
    Jobs.execute(jobs, "train");
    emulator.clock().advance(Duration.ofHours(1));
    assertEquals(JobStatus.SUCCESS, emulator.jobs().get(0).getStatus());
    assertTrue(emulator.undone().isEmpty());
  }
}
