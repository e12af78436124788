package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataMetadata;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataResponse;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/DeleteData")
class DeleteDataTest extends BehaviourTest {
  @Test
  @Evidence(
      value = DOCS,
      at = "6.5",
      says = "answers with a done operation with metadata and response of its own")
  void answersWithADoneOperation() {
    var job = ended(0);
    var operation = deleteData(job);

    assertThat(response(operation, DeleteProjectJobDataResponse.getDefaultInstance()))
        .isNotNull();
    assertThat(metadata(operation, DeleteProjectJobDataMetadata.getDefaultInstance())
            .getJobId())
        .isEqualTo(job);
    assertThat(operation(operation.getId())).isEqualTo(operation);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.19",
      says = "deletes files and logs; the job stays, marked as cleared, with its lists of files")
  void jobStaysMarkedAsCleared() throws Exception {
    var job = executing();
    var output = stored("out.txt", "result");
    end(job, 0, outputs(output));
    deleteData(job);

    assertThat(get(job).getDataCleared()).isTrue();
    assertThat(get(job).getDataSizeBytes()).isZero();
    assertThat(get(job).getOutputFilesList()).containsExactly(proto(output));
    assertThat(world.isStored(new JobId(job), output)).isFalse();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.19", says = "content that another job needs stays")
  void sharedContentStays() throws Exception {
    var input = file("data.csv", "", "1,2,3");
    var other = created(parameters().addInputFiles(proto(input))).getJobId();
    world.upload(new JobId(other), input, "1,2,3");
    var job = executing(parameters().addInputFiles(proto(input)));
    end(job, 0, outputs());
    deleteData(job);

    assertThat(world.isStored(new JobId(other), input)).isTrue();
    assertThat(execute(other).getDone()).isFalse();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.19", says = "only of a job that has ended")
  void onlyOfAJobThatHasEnded() {
    for (var job : List.of(create(), preparing(), executing())) {
      var before = get(job);

      assertRefused(() -> deleteData(job), Status.Code.FAILED_PRECONDITION, job);
      assertThat(get(job)).isEqualTo(before);
    }
  }

  @Test
  @Evidence(value = CHOICE, at = "10.19", says = "may be repeated")
  void mayBeRepeated() {
    var job = ended(0);
    deleteData(job);

    assertThat(deleteData(job).getDone()).isTrue();
  }

  private Operation deleteData(String job) {
    return stubs
        .jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(job).build());
  }
}
