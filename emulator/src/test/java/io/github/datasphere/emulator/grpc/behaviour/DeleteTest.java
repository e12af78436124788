package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.proto.jobs.DeleteProjectJobMetadata;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/Delete")
class DeleteTest extends BehaviourTest {
  @Test
  @Evidence(
      value = DOCS,
      at = "6.4",
      says = "answers with a done operation with its own metadata and an empty response")
  void answersWithADoneOperation() {
    var job = create();
    var operation = delete(job);

    assertThat(response(operation, Empty.getDefaultInstance()))
        .isEqualTo(Empty.getDefaultInstance());
    assertThat(
            metadata(operation, DeleteProjectJobMetadata.getDefaultInstance()).getJobId())
        .isEqualTo(job);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.18", says = "afterwards the job is not found")
  void deletedJobIsNotFound() {
    var job = ended(0);
    delete(job);

    assertRefused(() -> get(job), Status.Code.NOT_FOUND, "Job not found");
    assertRefused(() -> delete(job), Status.Code.NOT_FOUND, "Job not found");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.18", says = "an active job cannot be deleted")
  void activeJobCannotBeDeleted() {
    for (var job : List.of(preparing(), executing())) {
      var before = get(job);

      assertRefused(() -> delete(job), Status.Code.FAILED_PRECONDITION, job);
      assertThat(get(job)).isEqualTo(before);
    }
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "3.2",
      says = "the operations of a deleted job stay, since clients poll them for ever")
  void operationsOutliveTheJob() {
    var job = ended(0);
    var executed = execute(job);
    var deleted = delete(job);

    assertThat(operation(deleted.getId())).isEqualTo(deleted);
    assertThat(metadata(operation(executed.getId()), ExecuteProjectJobMetadata.getDefaultInstance())
            .getJob()
            .getId())
        .isEqualTo(job);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.19",
      says = "content that no other job needs goes with the job")
  void contentGoesWithTheJob() throws Exception {
    var input = file("data.csv", "", "1,2,3");
    var job = created(parameters().addInputFiles(proto(input))).getJobId();
    world.upload(new JobId(job), input, "1,2,3");
    execute(job);
    world.runner().started(new JobId(job));
    end(job, 0, Collected.NOTHING);
    var key = new FileKey(new ProjectId(PROJECT), input.sha256());
    assertThat(world.store.isClaimed(key)).isTrue();
    delete(job);

    assertThat(world.store.isClaimed(key)).isFalse();
    assertThat(created(parameters().addInputFiles(proto(input))).getUploadFilesCount())
        .isEqualTo(1);
  }

  private Operation delete(String job) {
    return stubs
        .jobs()
        .delete(DeleteProjectJobRequest.newBuilder().setJobId(job).build());
  }
}
