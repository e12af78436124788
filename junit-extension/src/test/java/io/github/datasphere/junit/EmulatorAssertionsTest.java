package io.github.datasphere.junit;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Status.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@DataSphereEmulator
class EmulatorAssertionsTest {
  @FromEmulator
  private Emulator emulator;

  @FromEmulator
  private ProjectJobServiceBlockingStub jobs;

  private String trained() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(
            script -> script.stdout("epoch 1\n").writes("model.bin", "weights").exits(0));
    return Jobs.execute(jobs, "train", "model.bin");
  }

  @Test
  void aJobIsWhatItIs() {
    var id = trained();
    assertThat(emulator)
        .hasJobs(1)
        .job(id)
        .hasName("train")
        .hasStatus(JobStatus.SUCCESS)
        .exitedWith(0)
        .printedTo("stdout", "epoch 1")
        .hasData()
        .file("model.bin")
        .isEqualTo("weights".getBytes());
    emulator.clock().advance(Duration.ofDays(14));
    assertThat(emulator).jobNamed("train").hasClearedData();
  }

  @Test
  void afterAFailureTheAuthorSeesWhatHappenedToTheJob() {
    var id = trained();
    assertThatThrownBy(() -> assertThat(emulator).job(id).hasStatus(JobStatus.ERROR))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("'train', SUCCESS")
        .hasMessageContaining("to be ERROR but it is SUCCESS")
        .hasMessageContaining("EXECUTING -> UPLOADING_OUTPUT");
    assertThatThrownBy(() -> assertThat(emulator).job(id).exitedWith(1))
        .hasMessageContaining("to have exited with 1");
    assertThatThrownBy(() -> assertThat(emulator).job(id).hasClearedData())
        .hasMessageContaining("they live until");
    assertThatThrownBy(() -> assertThat(emulator).job(id).printedTo("stderr", "epoch"))
        .hasMessageContaining("to have printed 'epoch'");
    assertThatThrownBy(() -> assertThat(emulator).job(id).file("other.bin"))
        .hasMessageContaining("model.bin");
  }

  @Test
  void anUnknownJobNamesThoseThatThereAre() {
    trained();
    assertThatThrownBy(() -> assertThat(emulator).job("bt1nosuch"))
        .hasMessageContaining("There is no job 'bt1nosuch'")
        .hasMessageContaining("'train', SUCCESS");
    assertThatThrownBy(() -> assertThat(emulator).jobNamed("test"))
        .hasMessageContaining("'train', SUCCESS");
  }

  @Test
  void callsAreCountedByWhatTheyAskedFor() {
    trained();
    assertThat(emulator)
        .wasCalledOnce("Create", CreateProjectJobRequest.class, r -> r.getName().equals("train"))
        .wasCalledOnce("Execute")
        .wasNeverCalled("Cancel");
    assertThatThrownBy(() -> assertThat(emulator)
            .wasCalledOnce(
                "Create", CreateProjectJobRequest.class, r -> r.getName().isEmpty()))
        .hasMessageContaining("but there were 0, of 1 call(s)")
        .hasMessageContaining("name: \"train\"");
  }

  @Test
  void anOperationIsDoneOrGoesOn() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
    var id = Jobs.create(jobs, "a");
    var operation =
        jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build()).getId();
    assertThat(emulator)
        .operation(operation)
        .isOf(ExecuteProjectJobMetadata.class)
        .goesOn();
    assertThatThrownBy(() -> assertThat(emulator).operation(operation).isDone())
        .hasMessageContaining("but it goes on");
    emulator.clock().advance(Duration.ofHours(1));
    assertThat(emulator).operation(operation).isDone();
  }

  @Test
  void anOperationThatAFaultLeavesOpenGoesOn() {
    emulator.faults().on("Execute").staysOpenFor(Duration.ofMinutes(1));
    var operation = jobs.execute(ExecuteProjectJobRequest.newBuilder()
            .setJobId(Jobs.create(jobs, "a"))
            .build())
        .getId();
    assertThat(emulator).operation(operation).goesOn();
    emulator.clock().advance(Duration.ofMinutes(1));
    assertThat(emulator).operation(operation).isDone();
  }

  @Test
  void anOperationFailsWithACodeAndAText() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.failsWith(Code.INTERNAL, "Unexpected error"))
        .thenRun(script -> script.exits(3));
    var failed = executed();
    assertThat(emulator)
        .operation(failed)
        .failedWith(Code.INTERNAL)
        .failedWith(Code.INTERNAL, "Unexpected error");
    assertThatThrownBy(() -> assertThat(emulator).operation(failed).failedWith(Code.CANCELLED))
        .hasMessageContaining("to have failed with CANCELLED but its end is INTERNAL: ");
    assertThatThrownBy(
            () -> assertThat(emulator).operation(failed).failedWith(Code.INTERNAL, "Other"))
        .hasMessageContaining("to have failed with 'Other' but its end is");
    var returned = executed();
    assertThatThrownBy(() -> assertThat(emulator).operation(returned).failedWith(Code.INTERNAL))
        .hasMessageContaining("but its program exited with 3");
  }

  private String executed() {
    var id = Jobs.create(jobs, "a");
    return jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build())
        .getId();
  }

  @Test
  void softAssertionsTellEverythingThatIsWrong() {
    var id = trained();
    var softly = new EmulatorSoftAssertions();
    softly.assertThatJob(emulator, id).hasStatus(JobStatus.ERROR).exitedWith(1);
    softly.assertThat(emulator).hasJobs(2);
    assertThat(softly.assertionErrorsCollected()).hasSize(3);
  }

  @Test
  void softAssertionsStaySoftWhereTheyLeadOn() {
    var id = trained();
    assertThatThrownBy(() -> EmulatorSoftAssertions.assertSoftly(softly -> {
          softly.assertThat(emulator).job(id).hasStatus(JobStatus.ERROR).exitedWith(1);
          softly.assertThat(emulator).jobNamed("train").file("model.bin").isEmpty();
          softly.assertThat("plain").isEqualTo("other");
        }))
        .hasMessageContaining("4 failures")
        .hasMessageContaining("to be ERROR but it is SUCCESS")
        .hasMessageContaining("timeline of job")
        .hasMessageContaining("file model.bin of job");
  }

  @Test
  void thatThereIsSuchAJobIsNotSoft() {
    assertThatThrownBy(() -> EmulatorSoftAssertions.assertSoftly(
            softly -> softly.assertThat(emulator).job("bt1typo").hasStatus(JobStatus.ERROR)))
        .hasMessageContaining("There is no job 'bt1typo'");
  }
}
