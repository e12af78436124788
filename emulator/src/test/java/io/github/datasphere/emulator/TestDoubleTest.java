package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestDoubleTest {
  private final Emulator emulator = Emulator.inProcess();
  private final ManagedChannel channel = emulator.channel();
  private final ProjectJobServiceBlockingStub jobs = ProjectJobServiceGrpc.newBlockingStub(channel)
      .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token()));

  @AfterEach
  void close() {
    channel.shutdownNow();
    emulator.close();
  }

  @Test
  void aJobWithoutScriptSucceedsAtOnce() {
    assertThat(get(execute("any")).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void aScriptedJobTakesVirtualTime() {
    emulator
        .whenExecuted(job -> job.name().equals("train"))
        .thenRun(
            script -> script.stdout("epoch 1\n").lasts(Duration.ofMinutes(10)).exits(0));
    var id = execute("train");
    assertThat(get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    emulator.clock().advance(Duration.ofMinutes(10));
    assertThat(get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    emulator.clock().advance(Duration.ofDays(14));
    assertThat(get(id).getDataCleared()).isTrue();
  }

  @Test
  void scriptsComeInOrderAndTheLastOneStays() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.exits(1))
        .thenRun(script -> script.exits(0));
    assertThat(get(execute("a")).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(get(execute("b")).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(get(execute("c")).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void afterAResetThereIsNoJobNoScriptAndTheIdsBeginAnew() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.exits(1));
    var id = execute("a");
    emulator.reset();
    assertThatThrownBy(() -> get(id))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    assertThat(execute("a")).isEqualTo(id);
    assertThat(get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void anOpenLogStreamEndsCancelledAtReset() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofDays(1)));
    var stream = jobs.readLogs(
        ReadProjectJobLogsRequest.newBuilder().setJobId(execute("a")).build());
    emulator.reset();
    assertThatThrownBy(stream::hasNext)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.CANCELLED));
  }

  @Test
  void scriptsAreRefusedWhereJobsRunTheirOwnCommands() {
    var config = EmulatorConfig.onFreePorts();
    try (var real = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> real.whenExecuted(job -> true))
          .withMessageContaining("scripted");
      assertThatIllegalStateException().isThrownBy(real::clock);
    }
  }

  private String execute(String name) {
    try {
      var created = jobs.create(CreateProjectJobRequest.newBuilder()
          .setProjectId("bt1project")
          .setName(name)
          .setJobParameters(JobParameters.newBuilder()
              .setCmd("python train.py")
              .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
          .build());
      var id = created.getResponse().unpack(CreateProjectJobResponse.class).getJobId();
      jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
      return id;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private Job get(String id) {
    return jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
  }

  private static Metadata token() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    return headers;
  }
}
