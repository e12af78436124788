package io.github.datasphere.samples;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.junit.DataSphereEmulator;
import io.github.datasphere.junit.FromEmulator;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DataSphereEmulator(strict = true)
class TrainerTest {
  @FromEmulator
  private Emulator emulator;

  private final List<String> printed = new ArrayList<>();
  private Trainer trainer;

  @BeforeEach
  void makeTrainer(ProjectJobServiceBlockingStub jobs, OperationServiceBlockingStub operations) {
    trainer = new Trainer(jobs, operations, time -> emulator.clock().advance(time), printed::add);
  }

  @Test
  void theModelIsDownloadedOnceTrainingIsOver() throws Exception {
    emulator
        .whenExecuted(job -> job.cmd().equals("python train.py"))
        .thenRun(script ->
            script.stdout("epoch 1\n").lasts(Duration.ofHours(5)).writes("model.bin", "weights"));

    var model = trainer.train("bt1project", Duration.ofHours(6));

    assertThat(model).asString().isEqualTo("weights");
    assertThat(emulator).jobNamed("train").hasStatus(JobStatus.SUCCESS);
  }

  @Test
  void anUnavailableServiceIsAskedAgain() throws Exception {
    emulator.whenExecuted(job -> true).thenRun(script -> script.writes("model.bin", "weights"));
    emulator.faults().failNext(2, "Create", Status.UNAVAILABLE);

    trainer.train("bt1project", Duration.ofHours(1));

    assertThat(emulator).hasJobs(1).wasCalled(3, "Create");
  }

  @Test
  void theLogIsFollowedAlsoPastABrokenStream() throws Exception {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script
            .stdout("epoch 1\n")
            .after(Duration.ofHours(1))
            .stdout("epoch 2\n")
            .writes("model.bin", "weights"));
    emulator.faults().on("ReadLogs").breakAt(1, Status.UNAVAILABLE);

    trainer.train("bt1project", Duration.ofHours(2));

    assertThat(printed).containsExactly("epoch 1\n", "epoch 2\n");
    assertThat(emulator).wasCalled(2, "ReadLogs");
  }

  @Test
  void trainingThatTakesTooLongIsCancelled() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofDays(2)));

    assertThatThrownBy(() -> trainer.train("bt1project", Duration.ofHours(1)))
        .hasMessageContaining("longer than PT1H");

    assertThat(emulator).jobNamed("train").hasStatus(JobStatus.CANCELLED);
  }

  @Test
  void aProgramThatFailsSaysItsCode() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.stderr("no data\n").exits(3));

    assertThatThrownBy(() -> trainer.train("bt1project", Duration.ofHours(1)))
        .hasMessage("training exited with 3");
  }

  @RepeatedTest(200)
  void everyTestHasAWorldOfItsOwn() throws Exception {
    emulator.whenExecuted(job -> true).thenRun(script -> script.writes("model.bin", "weights"));

    trainer.train("bt1project", Duration.ofHours(1));

    assertThat(emulator).hasJobs(1);
  }
}
