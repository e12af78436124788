package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.endpoint.GetApiEndpointRequest;
import io.github.datasphere.proto.endpoint.ListApiEndpointsRequest;
import io.github.datasphere.proto.iam.CreateIamTokenForServiceAccountRequest;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.RevokeIamTokenRequest;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsRequest;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlRequest;
import io.github.datasphere.proto.operation.CancelOperationRequest;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a request is said with the name of its field, and changes nothing. */
class BadInputTest extends BehaviourTest {
  private String job;

  /** A call that is refused, given the id of a job, and the field to blame. */
  record Bad(String field, BiConsumer<String, Stubs> call) {
    @Override
    public String toString() {
      return field;
    }
  }

  @BeforeEach
  void makeAJob() {
    job = ended(0);
  }

  static Stream<Bad> nothingSet() {
    return Stream.of(
        bad("project_id", s -> s.jobs().create(CreateProjectJobRequest.getDefaultInstance())),
        bad("source_job_id", s -> s.jobs().clone(CloneProjectJobRequest.getDefaultInstance())),
        bad("job_id", s -> s.jobs().execute(ExecuteProjectJobRequest.getDefaultInstance())),
        bad("job_id", s -> s.jobs().cancel(CancelProjectJobRequest.getDefaultInstance())),
        bad("job_id", s -> s.jobs().get(GetProjectJobRequest.getDefaultInstance())),
        bad("job_id", s -> s.jobs().delete(DeleteProjectJobRequest.getDefaultInstance())),
        bad("job_id", s -> s.jobs().deleteData(DeleteProjectJobDataRequest.getDefaultInstance())),
        bad("job_id", s -> s.jobs().setDataTtl(SetProjectJobDataTtlRequest.getDefaultInstance())),
        bad(
            "job_id",
            s -> s.jobs().downloadJobFiles(DownloadProjectJobFilesRequest.getDefaultInstance())),
        bad(
            "job_id",
            s -> s.jobs()
                .readLogs(ReadProjectJobLogsRequest.getDefaultInstance())
                .hasNext()),
        bad(
            "job_id",
            s -> s.jobs()
                .readStdLogs(ReadProjectJobStdLogsRequest.getDefaultInstance())
                .hasNext()),
        bad("project_id", s -> s.jobs().list(ListProjectJobRequest.getDefaultInstance())),
        bad(
            "project_id",
            s -> s.jobs().deleteAllData(DeleteAllProjectJobDataRequest.getDefaultInstance())),
        bad("operation_id", s -> s.operations().get(GetOperationRequest.getDefaultInstance())),
        bad(
            "operation_id",
            s -> s.operations().cancel(CancelOperationRequest.getDefaultInstance())),
        bad("community_id", s -> s.projects().create(CreateProjectRequest.getDefaultInstance())),
        bad("project_id", s -> s.projects().get(GetProjectRequest.getDefaultInstance())),
        bad("community_id", s -> s.projects().list(ListProjectsRequest.getDefaultInstance())),
        bad("identity", s -> s.iam().create(CreateIamTokenRequest.getDefaultInstance())),
        bad(
            "service_account_id",
            s -> s.iam()
                .createForServiceAccount(
                    CreateIamTokenForServiceAccountRequest.getDefaultInstance())),
        bad("iam_token", s -> s.iam().revoke(RevokeIamTokenRequest.getDefaultInstance())),
        bad("api_endpoint_id", s -> s.endpoints().get(GetApiEndpointRequest.getDefaultInstance())));
  }

  static Stream<Bad> oneOverInCreate() {
    return Stream.of(
        create("project_id", request -> request.setProjectId("x".repeat(51))),
        create("project_id", request -> request.setProjectId("a\nb")),
        create("project_id", request -> request.setProjectId("a\0b")),
        create("name", request -> request.setName("x".repeat(1_001))),
        create("name", request -> request.setName("a\0b")),
        create("desc", request -> request.setDesc("x".repeat(10_001))),
        create("config", request -> request.setConfig("x".repeat(3 << 20))),
        create("config", request -> request.setConfig("a\0b")),
        create("data_ttl", request -> request.setDataTtl(seconds(86_399))),
        create("data_ttl", request -> request.setDataTtl(seconds(-1))),
        create("data_ttl", request -> request.setDataTtl(seconds(Long.MAX_VALUE))),
        create("data_ttl", request -> request.setDataTtl(seconds(Long.MIN_VALUE))),
        create(
            "data_ttl",
            request ->
                request.setDataTtl(Duration.newBuilder().setSeconds(86_400).setNanos(-1))),
        create("job_parameters.cmd", request -> request.clearJobParameters()));
  }

  static Stream<Bad> oneOverInParameters() {
    return Stream.of(
        parameters("job_parameters.input_files", p -> files(p, 101)),
        parameters("job_parameters.input_files", p -> files(p, 10_000)),
        parameters(
            "job_parameters.input_files[0].compression_type",
            p -> p.addInputFiles(input().setCompressionTypeValue(99))),
        parameters(
            "job_parameters.input_files[0].size_bytes",
            p -> p.addInputFiles(input().setSizeBytes(Long.MIN_VALUE))),
        parameters(
            "job_parameters.input_files[0].size_bytes",
            p -> p.addInputFiles(input().setSizeBytes((5L << 30) + 1))),
        parameters(
            "job_parameters.input_files[0].sha256",
            p -> p.addInputFiles(input().setSha256("../../../etc/passwd"))),
        parameters(
            "job_parameters.input_files[0].desc.path",
            p -> p.addInputFiles(input().setDesc(path("../x")))),
        parameters(
            "job_parameters.input_files[0].desc.path",
            p -> p.addInputFiles(input().setDesc(path("/etc/passwd")))),
        parameters(
            "job_parameters.input_files[0].desc.path",
            p -> p.addInputFiles(input().setDesc(path(".")))),
        parameters(
            "job_parameters.input_files[0].desc.path",
            p -> p.addInputFiles(input().setDesc(path(".//./")))),
        parameters("job_parameters.output_files[0].path", p -> p.addOutputFiles(path("a\0b"))),
        parameters(
            "job_parameters.graceful_shutdown_parameters.signal",
            p -> p.getGracefulShutdownParametersBuilder().setSignal(1L << 40)),
        parameters(
            "job_parameters.graceful_shutdown_parameters.timeout",
            p -> p.getGracefulShutdownParametersBuilder().setTimeout(seconds(Long.MAX_VALUE))),
        parameters(
            "job_parameters.extended_working_storage.type",
            p -> p.getExtendedWorkingStorageBuilder().setTypeValue(5).setSizeGb(100)),
        parameters(
            "job_parameters.extended_working_storage.size_gb",
            p -> p.getExtendedWorkingStorageBuilder().setTypeValue(1).setSizeGb(Long.MAX_VALUE)),
        parameters("job_parameters", p -> p.setCmd("x".repeat(3 << 20))));
  }

  static Stream<Bad> oneOverInOtherCalls() {
    return Stream.of(
        list("page_size", request -> request.setPageSize(-1)),
        list("page_size", request -> request.setPageSize(1_001)),
        list("page_size", request -> request.setPageSize(Long.MAX_VALUE)),
        list("page_size", request -> request.setPageSize((1L << 32) + 1)),
        list("page_token", request -> request.setPageToken("garbage")),
        list("page_token", request -> request.setPageToken("Ж\0")),
        list("filter", request -> request.setFilter("status IN (" + " ".repeat(1_000) + "ERROR)")),
        list("filter", request -> request.setFilter("\0")),
        job("files", (id, s) -> s.jobs().downloadJobFiles(download(id, 10_000))),
        job(
            "files[0].desc.path",
            (id, s) -> s.jobs()
                .downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
                    .setJobId(id)
                    .addFiles(File.getDefaultInstance())
                    .build())),
        job(
            "ttl",
            (id, s) -> s.jobs()
                .setDataTtl(SetProjectJobDataTtlRequest.newBuilder()
                    .setJobId(id)
                    .setTtl(seconds(1))
                    .build())),
        job(
            "job_parameters_overrides.input_files[0].compression_type",
            (id, s) -> s.jobs()
                .clone(CloneProjectJobRequest.newBuilder()
                    .setSourceJobId(id)
                    .setJobParametersOverrides(JobParameters.newBuilder()
                        .addInputFiles(input().setCompressionTypeValue(99)))
                    .build())),
        bad(
            "page_size",
            s -> s.endpoints()
                .list(ListApiEndpointsRequest.newBuilder().setPageSize(-1).build())));
  }

  @ParameterizedTest(name = "{0} #{index}")
  @MethodSource({"nothingSet", "oneOverInCreate", "oneOverInParameters", "oneOverInOtherCalls"})
  void namesTheFieldAndChangesNothing(Bad bad) {
    var before = jobs();

    var refusal =
        catchThrowableOfType(StatusRuntimeException.class, () -> bad.call().accept(job, stubs));

    assertThat(refusal).isNotNull();
    assertThat(refusal.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.getStatus().getDescription()).startsWith(bad.field() + ": ");
    assertThat(fields(refusal)).contains(bad.field());
    assertThat(jobs()).isEqualTo(before);
  }

  private List<io.github.datasphere.emulator.job.Job> jobs() {
    return world.engine.list(new ProjectId(PROJECT), Set.of(), Long.MAX_VALUE, 100);
  }

  private static List<String> fields(StatusRuntimeException refusal) {
    var fields = new ArrayList<String>();
    for (var detail : StatusProto.fromThrowable(refusal).getDetailsList()) {
      try {
        detail
            .unpack(BadRequest.class)
            .getFieldViolationsList()
            .forEach(violation -> fields.add(violation.getField()));
      } catch (com.google.protobuf.InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return fields;
  }

  private static Bad bad(String field, Consumer<Stubs> call) {
    return new Bad(field, (job, stubs) -> call.accept(stubs));
  }

  private static Bad create(String field, Consumer<CreateProjectJobRequest.Builder> change) {
    return bad(field, stubs -> {
      var request = request(parameters());
      change.accept(request);
      stubs.jobs().create(request.build());
    });
  }

  private static Bad parameters(String field, Consumer<JobParameters.Builder> change) {
    return create(field, request -> change.accept(request.getJobParametersBuilder()));
  }

  private static Bad list(String field, Consumer<ListProjectJobRequest.Builder> change) {
    return bad(field, stubs -> {
      var request = ListProjectJobRequest.newBuilder().setProjectId(PROJECT);
      change.accept(request);
      stubs.jobs().list(request.build());
    });
  }

  private static Bad job(String field, BiConsumer<String, Stubs> call) {
    return new Bad(field, call);
  }

  private static void files(JobParameters.Builder parameters, int count) {
    for (int i = 0; i < count; i++) {
      parameters.addInputFiles(proto(file("f" + i, "", "x" + i)));
    }
  }

  private static DownloadProjectJobFilesRequest download(String job, int count) {
    var request = DownloadProjectJobFilesRequest.newBuilder().setJobId(job);
    for (int i = 0; i < count; i++) {
      request.addFiles(File.newBuilder().setDesc(path("out.txt")));
    }
    return request.build();
  }

  private static File.Builder input() {
    return proto(file("data.csv", "", "1,2,3")).toBuilder();
  }

  private static FileDesc path(String path) {
    return FileDesc.newBuilder().setPath(path).build();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
