package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataMetadata;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataResponse;
import io.github.datasphere.proto.operation.Operation;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/DeleteAllData")
class DeleteAllDataTest extends BehaviourTest {
  @Test
  @Evidence(
      value = DOCS,
      at = "6.5",
      says = "answers with an operation with metadata and response of its own")
  void answersWithAnOperation() {
    ended(0);
    var operation = deleteAllData(PROJECT);

    assertThat(response(operation, DeleteAllProjectJobDataResponse.getDefaultInstance()))
        .isNotNull();
    assertThat(metadata(operation, DeleteAllProjectJobDataMetadata.getDefaultInstance())
            .getProjectId())
        .isEqualTo(PROJECT);
    assertThat(operation(operation.getId())).isEqualTo(operation);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.20",
      says = "clears every job of the project that has ended; active ones stay untouched")
  void clearsWhatHasEnded() {
    var done = ended(0);
    var failed = ended(1);
    var running = executing();
    deleteAllData(PROJECT);

    assertThat(get(done).getDataCleared()).isTrue();
    assertThat(get(failed).getDataCleared()).isTrue();
    assertThat(get(running).getDataCleared()).isFalse();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.20", says = "clears more jobs than fit on one page")
  void clearsManyJobs() {
    for (int i = 0; i < 600; i++) {
      ended(0);
    }
    deleteAllData(PROJECT);

    assertThat(world.engine.list(new ProjectId(PROJECT), java.util.Set.of(), Long.MAX_VALUE, 1_000))
        .hasSize(600)
        .allSatisfy(job -> assertThat(job.data().cleared()).isTrue());
  }

  @Test
  @Evidence(value = DOCS, at = "6.5", says = "leaves other projects alone")
  void leavesOtherProjectsAlone() throws Exception {
    var input = file("data.csv", "", "1,2,3");
    var request = request(parameters().addInputFiles(proto(input))).setProjectId("bt1other");
    var other = response(
            stubs.jobs().create(request.build()), CreateProjectJobResponse.getDefaultInstance())
        .getJobId();
    world.upload(new JobId(other), input, "1,2,3");
    deleteAllData(PROJECT);

    assertThat(world.isStored(new JobId(other), input)).isTrue();
  }

  private Operation deleteAllData(String project) {
    return stubs
        .jobs()
        .deleteAllData(
            DeleteAllProjectJobDataRequest.newBuilder().setProjectId(project).build());
  }
}
