package io.github.datasphere.samples;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.junit.DataSphereEmulator;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@DataSphereEmulator(strict = true)
class QuickStartTest {
  @Test
  void aBusyServiceIsAskedAgainAndTheModelComes(
      Emulator emulator,
      ProjectJobServiceBlockingStub jobs,
      OperationServiceBlockingStub operations)
      throws Exception {
    emulator
        .whenExecuted(job -> job.name().equals("train"))
        .thenRun(script ->
            script.stdout("epoch 1\n").lasts(Duration.ofHours(5)).writes("model.bin", "weights"));
    emulator.faults().failNext(2, "Create", Status.UNAVAILABLE);

    // The program under test waits by a function, which here moves the emulator's clock
    var trainer =
        new Trainer(jobs, operations, time -> emulator.clock().advance(time), System.out::print);
    var model = trainer.train("bt1project", Duration.ofHours(6));

    assertThat(model).asString().isEqualTo("weights");
    assertThat(emulator).wasCalled(3, "Create").jobNamed("train").hasStatus(JobStatus.SUCCESS);

    emulator.clock().advance(Duration.ofDays(14));
    assertThat(emulator).jobNamed("train").hasClearedData();
  }
}
