package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Rpc("OperationService/Get")
class GetOperationTest extends BehaviourTest {
  @Test
  @Evidence(value = CLIENT, at = "3.2", says = "follows the job until its operation is done")
  void followsTheJob() {
    var job = create();
    var id = execute(job).getId();
    assertThat(job(id).getStatus()).isEqualTo(JobStatus.PREPARING);
    world.runner().started(new JobId(job));
    assertThat(job(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    assertThat(operation(id).getDone()).isFalse();
    end(job, 0, outputs());

    assertThat(operation(id).getDone()).isTrue();
    assertThat(job(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  @Evidence(value = CLIENT, at = "5.12", says = "shows the progress that the program reports")
  void showsProgress() {
    var job = create();
    var id = execute(job).getId();
    world.runner().started(new JobId(job));
    assertThat(metadata(id).hasProgress()).isFalse();
    world.runner().progressed(new JobId(job), new Progress(21, "epoch 3", GrpcWorld.START));

    assertThat(metadata(id).getProgress().getProgress()).isEqualTo(21);
    assertThat(metadata(id).getProgress().getMessage()).isEqualTo("epoch 3");
    assertThat(metadata(id).getProgress().getCreateTime()).isEqualTo(proto(GrpcWorld.START));
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "3.10",
      says = "neither error nor response is set before it is done")
  void hasNoResultBeforeItIsDone() {
    var operation = operation(execute(create()).getId());

    assertThat(operation.getDone()).isFalse();
    assertThat(operation.hasError()).isFalse();
    assertThat(operation.hasResponse()).isFalse();
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "3.11",
      says = "metadata and response have exactly the types of the call that began it")
  void hasExactTypes() {
    var operation = operation(execute(ended(0)).getId());

    assertThat(metadata(operation, ExecuteProjectJobMetadata.getDefaultInstance()))
        .isNotNull();
    assertThat(response(operation, ExecuteProjectJobResponse.getDefaultInstance()))
        .isNotNull();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.35", says = "URLs are signed again at each answer")
  void signsUrlsAnew() throws Exception {
    var job = executing();
    end(job, 0, outputs(stored("out.txt", "result")));
    var id = execute(job).getId();
    var first = url(id);
    world.clock.advance(Duration.ofDays(8));

    assertThat(url(id)).isNotEqualTo(first);
  }

  @Test
  @Evidence(value = DOCS, at = "7.3", says = "tells who began it, when, and when it changed last")
  void tellsWhoAndWhen() {
    var job = create();
    var id = execute(job).getId();
    world.runner().started(new JobId(job));
    world.clock.advance(Duration.ofMinutes(1));
    end(job, 0, outputs());
    var operation = operation(id);

    assertThat(operation.getDescription()).isEqualTo("Execute job");
    assertThat(operation.getCreatedBy()).isEqualTo(get(job).getCreatedById());
    assertThat(operation.getCreatedAt()).isEqualTo(proto(GrpcWorld.START));
    assertThat(operation.getModifiedAt()).isEqualTo(proto(GrpcWorld.START.plusSeconds(60)));
  }

  @Test
  @Evidence(value = CHOICE, at = "10.34", says = "an unknown operation is not found")
  void unknownOperationIsNotFound() {
    assertRefused(() -> operation("invalid"), Status.Code.NOT_FOUND, "Operation not found");
  }

  private ExecuteProjectJobMetadata metadata(String id) {
    return metadata(operation(id), ExecuteProjectJobMetadata.getDefaultInstance());
  }

  private io.github.datasphere.proto.jobs.Job job(String id) {
    return metadata(id).getJob();
  }

  private String url(String id) {
    return response(operation(id), ExecuteProjectJobResponse.getDefaultInstance())
        .getOutputFiles(0)
        .getUrl();
  }
}
