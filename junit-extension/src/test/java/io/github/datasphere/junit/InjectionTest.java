package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceFutureStub;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceStub;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.ManagedChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DataSphereEmulator
class InjectionTest {
  @FromEmulator
  private ProjectJobServiceBlockingStub fieldStub;

  private Emulator ofSetUp;

  @BeforeEach
  void setUp(Emulator emulator) {
    ofSetUp = emulator;
  }

  @Test
  void aTestAndItsSetUpSeeTheSameEmulator(Emulator emulator) {
    assertThat(emulator).isSameAs(ofSetUp);
  }

  @Test
  void stubsOfAllKindsReachTheEmulator(
      ProjectJobServiceBlockingStub blocking,
      ProjectJobServiceFutureStub future,
      ProjectJobServiceStub async,
      OperationServiceBlockingStub operations)
      throws Exception {
    var id = Jobs.execute(blocking, "a");
    var job = future.get(GetProjectJobRequest.newBuilder().setJobId(id).build()).get();
    assertThat(job.getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(async).isNotNull();
    assertThat(operations).isNotNull();
  }

  @Test
  void aFieldIsSetBeforeTheTest(Emulator emulator) {
    Jobs.create(fieldStub, "a");
    assertThat(emulator.jobs()).hasSize(1);
  }

  @Test
  void aChannelSendsNoTokenByItself(ManagedChannel channel, Emulator emulator) {
    var stub = ProjectJobServiceGrpc.newBlockingStub(channel);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Jobs.create(stub, "a")))
        .hasMessageContaining("UNAUTHENTICATED")
        .hasMessageContaining("the stubs that @DataSphereEmulator injects carry one")
        .hasMessageContaining("withCallCredentials");
    assertThat(emulator.jobs()).isEmpty();
  }

  @Test
  void theOfficialSdksStubsReachItToo(
      yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub jobs,
      Emulator emulator) {
    var id = Jobs.execute(fieldStub, "a");
    var job = jobs.get(yandex.cloud.api.datasphere.v2.jobs.DSPJS.GetProjectJobRequest.newBuilder()
        .setJobId(id)
        .build());
    assertThat(job.getName()).isEqualTo("a");
    assertThat(emulator.journal().exchanges("Get")).hasSize(1);
  }

  @RepeatedTest(20)
  void everyTestBeginsWithAnEmptyWorld(Emulator emulator) {
    assertThat(emulator.jobs()).isEmpty();
    assertThat(emulator.journal().exchanges()).isEmpty();
    assertThat(emulator.timeline().jobs()).isEmpty();
    assertThat(emulator.undone()).isEmpty();
    assertThat(emulator.faults().ordered()).isEmpty();
    emulator.whenExecuted(job -> true).thenRun(script -> script.exits(1));
    emulator.faults().on("Get").always();
    Jobs.execute(fieldStub, "left for the next test");
  }

  @Nested
  class InANestedClass {
    @FromEmulator
    private Emulator own;

    @Test
    void itIsTheSameEmulatorAsTheOuterOnes(Emulator emulator) {
      assertThat(emulator).isSameAs(ofSetUp).isSameAs(own);
    }
  }
}
