package io.github.datasphere.junit;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.CreateProjectJobRequest;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.GetProjectJobRequest;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.CloudInstanceType;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.FileCompressionType;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.JobParameters;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.JobStatus;
import yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;

/** A test of a client that uses the official SDK speaks of requests in the SDK's own classes. */
@DataSphereEmulator
class OfficialClassesTest {
  @FromEmulator
  private Emulator emulator;

  @FromEmulator
  private ProjectJobServiceBlockingStub jobs;

  @Test
  void theyAreFoundInTheJournal() {
    create("a");
    create("b");
    assertThat(emulator)
        .wasCalledOnce(
            "Create",
            CreateProjectJobRequest.class,
            request -> request.getName().equals("b"));
    assertThat(emulator.journal().exchanges("Create").get(0).request(CreateProjectJobRequest.class))
        .hasValueSatisfying(request -> assertThat(request.getName()).isEqualTo("a"));
    assertThat(emulator.journal().exchanges("Create").get(0).request(GetProjectJobRequest.class))
        .isEmpty();
  }

  @Test
  void faultsHappenToThem() {
    emulator
        .faults()
        .on("Create")
        .when(CreateProjectJobRequest.class, request -> request.getName().equals("b"))
        .failWith(Status.RESOURCE_EXHAUSTED);
    create("a");
    assertThatThrownBy(() -> create("b")).hasMessageContaining("RESOURCE_EXHAUSTED");
  }

  @Test
  void statesAreSaidByTheirEnumToo() {
    var id = emulator.givenJob(seed -> seed.status(JobStatus.EXECUTING));
    assertThat(emulator)
        .job(id)
        .hasStatus(JobStatus.EXECUTING)
        .hasStatus(io.github.datasphere.proto.jobs.JobStatus.EXECUTING);
    emulator.faults().on("Get").whileJobIs(JobStatus.EXECUTING).failWith(Status.UNAVAILABLE);
    var get = GetProjectJobRequest.newBuilder().setJobId(id).build();
    assertThatThrownBy(() -> jobs.get(get)).hasMessageContaining("UNAVAILABLE");
    assertThat(jobs.get(get).getStatus()).isEqualTo(JobStatus.EXECUTING);
  }

  @Test
  void anotherEnumOrNoStateIsRefused() {
    var job = assertThat(emulator).job(emulator.givenJob(seed -> seed));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> job.hasStatus(FileCompressionType.ZIP))
        .withMessageContaining("one of yandex.cloud.datasphere.v2.jobs.JobStatus");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> job.hasStatus(JobStatus.JOB_STATUS_UNSPECIFIED))
        .withMessageContaining("but in one of [CREATING, EXECUTING");
  }

  @Test
  void aRequestThatTheCallDoesNotTakeIsNotTakenForOneThatNeverCame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(emulator)
            .wasCalled(0, "Create", GetProjectJobRequest.class, request -> true))
        .withMessageContaining(
            "no call 'Create' takes a yandex.cloud.datasphere.v2.jobs.GetProject");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> emulator.faults().on("Create").when(GetProjectJobRequest.class, request -> true))
        .withMessageContaining("but [yandex.cloud.datasphere.v2.CreateProjectRequest, yandex");
  }

  @Test
  void aConditionOfAFaultThatThrowsSaysSoToTheCaller() {
    emulator
        .faults()
        .on("Create")
        .when(CreateProjectJobRequest.class, request -> request.getName().charAt(1) == 'b')
        .failWith(Status.UNAVAILABLE);
    assertThatThrownBy(() -> create("a"))
        .hasMessageContaining("INTERNAL: The condition of the fault ordered at")
        .hasMessageContaining("StringIndexOutOfBounds");
  }

  private void create(String name) {
    var operation = jobs.create(CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setName(name)
        .setJobParameters(JobParameters.newBuilder()
            .setCmd("true")
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build());
    assertThat(operation.getDone()).isTrue();
  }
}
