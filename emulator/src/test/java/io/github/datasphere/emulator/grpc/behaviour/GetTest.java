package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rpc("ProjectJobService/Get")
class GetTest extends BehaviourTest {
  @Test
  @Evidence(value = CLIENT, at = "2.1", says = "shows what was submitted, unchanged")
  void showsWhatWasSubmitted() {
    var parameters = parameters().setCmd("echo hello");
    var job = get(created(parameters).getJobId());

    assertThat(job.getJobParameters()).isEqualTo(parameters.build());
    assertThat(job.getConfig()).isEqualTo("cmd: true\n");
    assertThat(job.getName()).isEqualTo("name");
    assertThat(job.getDesc()).isEqualTo("desc");
    assertThat(job.getProjectId()).isEqualTo(PROJECT);
    assertThat(job.getCreatedById()).startsWith("aje");
    assertThat(job.getCreatedAt()).isEqualTo(proto(GrpcWorld.START));
  }

  @Test
  @Evidence(
      value = DOCS,
      at = "6.14",
      says = "shows when the job started and finished, its machine, files and their size")
  void showsWhatTheRunLeft() throws Exception {
    var job = create();
    execute(job);
    world.clock.advance(Duration.ofSeconds(40));
    world.runner().started(new JobId(job));
    world.clock.advance(Duration.ofSeconds(60));
    var output = stored("out.txt", "result");
    var log = stored("stdout.log", "hello");
    var stats = stored("docker_stats.tsv", "cpu");
    end(job, 0, new Collected(List.of(output), List.of(log), List.of(stats), List.of(), List.of()));
    var shown = get(job);

    assertThat(shown.getStartedAt()).isEqualTo(proto(GrpcWorld.START.plusSeconds(40)));
    assertThat(shown.getFinishedAt()).isEqualTo(proto(GrpcWorld.START.plusSeconds(100)));
    assertThat(shown.getActualCloudInstanceType().getName()).isEqualTo("c1.4");
    assertThat(shown.getOutputFilesList()).containsExactly(proto(output));
    assertThat(shown.getLogFilesList()).containsExactly(proto(log));
    assertThat(shown.getDiagnosticFilesList()).containsExactly(proto(stats));
    assertThat(shown.getDataSizeBytes()).isEqualTo(14);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid", "bt100000000000000000", "Ж", "../.."})
  @Evidence(
      value = REAL,
      at = "6.1",
      says = "of any unknown id, even a malformed one, says \"Job not found\"")
  void unknownJobIsNotFound(String id) {
    var status = refusal(() -> get(id));

    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getDescription()).isEqualTo("Job not found");
  }

  @Test
  @Evidence(
      value = DOCS,
      at = "6.7",
      says = "when its time is over the job's data are cleared; the job itself stays")
  void expiredJobStaysWithoutData() throws Exception {
    var job = executing();
    var output = stored("out.txt", "result");
    end(job, 0, outputs(output));
    world.clock.advance(TTL);
    var shown = get(job);

    assertThat(shown.getDataCleared()).isTrue();
    assertThat(shown.getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(shown.getOutputFilesList()).containsExactly(proto(output));
    assertThat(shown.getDataSizeBytes()).isZero();
    assertThat(world.isStored(new JobId(job), output)).isFalse();
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.21",
      says = "data expire counted from the end of the job, never while it is active")
  void dataOfAnActiveJobDoNotExpire() {
    var job = executing();
    world.clock.advance(TTL.multipliedBy(2));
    assertThat(get(job).getDataCleared()).isFalse();
    end(job, 0, Collected.NOTHING);

    assertThat(get(job).getDataExpiresAt()).isEqualTo(proto(world.clock.now().plus(TTL)));
  }
}
