package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.emulator.grpc.mapping.FileMapping;
import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of a call need to tell their stories with a real stub. */
abstract class BehaviourTest {
  static final String PROJECT = "bt1fakeproject000000";
  static final java.time.Duration TTL = java.time.Duration.ofDays(14);

  GrpcWorld world;
  Stubs stubs;

  @BeforeEach
  void startTheWorld(@TempDir Path folder) throws IOException {
    use(new GrpcWorld(folder));
  }

  @AfterEach
  void endTheWorld() {
    world.close();
  }

  /** Goes on in another world than the default one. */
  final void use(GrpcWorld other) {
    if (world != null) {
      world.close();
    }
    world = other;
    stubs = other.stubs();
  }

  /** Parameters as the official client sends them for {@code cmd: true}. */
  static JobParameters.Builder parameters() {
    return JobParameters.newBuilder()
        .setCmd("true")
        .setEnv(Environment.getDefaultInstance())
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"));
  }

  /** A request as the official client sends it. */
  static CreateProjectJobRequest.Builder request(JobParameters.Builder parameters) {
    return CreateProjectJobRequest.newBuilder()
        .setProjectId(PROJECT)
        .setJobParameters(parameters)
        .setConfig("cmd: true\n")
        .setName("name")
        .setDesc("desc")
        .setDataTtl(Duration.newBuilder().setSeconds(TTL.toSeconds()));
  }

  final Operation create(JobParameters.Builder parameters) {
    return stubs.jobs().create(request(parameters).build());
  }

  final CreateProjectJobResponse created(JobParameters.Builder parameters) {
    return response(create(parameters), CreateProjectJobResponse.getDefaultInstance());
  }

  /** A new job without files. */
  final String create() {
    return created(parameters()).getJobId();
  }

  final Operation execute(String job) {
    return stubs
        .jobs()
        .execute(ExecuteProjectJobRequest.newBuilder().setJobId(job).build());
  }

  final String preparing() {
    var job = create();
    execute(job);
    return job;
  }

  final String executing() {
    return executing(parameters());
  }

  final String executing(JobParameters.Builder parameters) {
    var job = created(parameters).getJobId();
    execute(job);
    world.runner().started(new JobId(job));
    return job;
  }

  /** A job that has ended with this code and left nothing. */
  final String ended(int code) {
    var job = executing();
    end(job, code, Collected.NOTHING);
    return job;
  }

  final void end(String job, int code, Collected collected) {
    world.runner().exited(new JobId(job), code);
    world.runner().collected(new JobId(job), collected);
  }

  final void cancelled(String job) {
    world.runner().exited(new JobId(job), 137);
    world.runner().collected(new JobId(job), Collected.NOTHING);
  }

  final JobFile stored(String path, String content) throws IOException {
    return world.store(new ProjectId(PROJECT), path, "", content);
  }

  static Collected outputs(JobFile... files) {
    return new Collected(List.of(files), List.of(), List.of(), List.of(), List.of());
  }

  static Collected missing(FileError... errors) {
    return new Collected(List.of(), List.of(), List.of(), List.of(errors), List.of());
  }

  static File proto(JobFile file) {
    return FileMapping.toProto(file);
  }

  static Timestamp proto(Instant instant) {
    return TimeMapping.toProto(instant);
  }

  final Job get(String job) {
    return stubs.jobs().get(GetProjectJobRequest.newBuilder().setJobId(job).build());
  }

  final Operation operation(String id) {
    return stubs
        .operations()
        .get(GetOperationRequest.newBuilder().setOperationId(id).build());
  }

  /** The response of a done operation, which has to be of exactly this type. */
  static <M extends Message> M response(Operation operation, M type) {
    assertThat(operation.getDone()).isTrue();
    assertThat(operation.hasResponse()).as("%s", operation).isTrue();
    return unpack(operation.getResponse(), type);
  }

  static <M extends Message> M metadata(Operation operation, M type) {
    return unpack(operation.getMetadata(), type);
  }

  @SuppressWarnings("unchecked")
  private static <M extends Message> M unpack(Any any, M type) {
    assertThat(any.getTypeUrl())
        .isEqualTo("type.googleapis.com/" + type.getDescriptorForType().getFullName());
    try {
      return (M) any.unpack(type.getClass());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The status that a call ends with. */
  static Status refusal(ThrowingCallable call) {
    var refusal = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refusal).as("the call was answered").isNotNull();
    return refusal.getStatus();
  }

  static void assertRefused(ThrowingCallable call, Status.Code code, String... words) {
    var status = refusal(call);
    assertThat(status.getCode()).as("%s", status).isEqualTo(code);
    assertThat(status.getDescription()).contains(words);
  }
}
