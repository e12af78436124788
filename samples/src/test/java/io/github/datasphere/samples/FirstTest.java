package io.github.datasphere.samples;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.junit.DataSphereEmulator;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@DataSphereEmulator
class FirstTest {
  @Test
  void trains(
      Emulator emulator,
      ProjectJobServiceBlockingStub jobs,
      OperationServiceBlockingStub operations)
      throws Exception {
    emulator
        .whenExecuted(job -> job.name().equals("train"))
        .thenRun(script -> script.lasts(Duration.ofHours(5)).writes("model.bin", "weights"));

    new Trainer(jobs, operations, time -> emulator.clock().advance(time), System.out::print)
        .train("bt1project", Duration.ofHours(6));

    assertThat(emulator).wasCalled(1, "Create").jobNamed("train").exitedWith(0);
  }
}
