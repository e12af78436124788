package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.LogContent;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.proto.jobs.Argument;
import io.github.datasphere.proto.jobs.CloneProjectJobMetadata;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.CloneProjectJobResponse;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.ExtendedWorkingStorage;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.StorageFile;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/Clone")
class CloneTest extends BehaviourTest {
  private static final JobFile INPUT = file("data.csv", "DATA", "1,2,3");

  @Test
  @Evidence(
      value = DOCS,
      at = "6.9",
      says = "makes a new job whose parent is the source; clones can be cloned")
  void cloneKnowsItsParent() {
    var source = source();
    var clone = cloned(request(source, overrides()));
    var grandchild = cloned(request(clone.getId(), overrides()));

    assertThat(clone.getStatus()).isEqualTo(JobStatus.CREATING);
    assertThat(clone.getParentJobId()).isEqualTo(source);
    assertThat(grandchild.getParentJobId()).isEqualTo(clone.getId());
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "6.8",
      says = "without overrides copies parameters, configuration, name and description")
  void withoutOverridesIsACopy() {
    var source = get(source());
    var clone = cloned(request(source.getId(), overrides()));

    assertThat(clone.getJobParameters()).isEqualTo(source.getJobParameters());
    assertThat(clone.getConfig()).isEqualTo(source.getConfig());
    assertThat(clone.getName()).isEqualTo("name");
    assertThat(clone.getDesc()).isEqualTo("desc");
    assertThat(clone.getProjectId()).isEqualTo(PROJECT);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "6.8",
      says = "system.log tells which variables of the source are dropped for those of the clone")
  void droppedVariablesAreTold() throws Exception {
    var source = created(parameters()
            .setEnv(
                Environment.newBuilder().putVars("KEPT", "1").putVars("B", "2").putVars("A", "3")))
        .getJobId();
    var clone = cloned(request(
        source,
        overrides().setEnv(Environment.newBuilder().putVars("KEPT", "4").putVars("NEW", "5"))));
    var copy = cloned(request(source, overrides()));

    assertThat(systemLog(clone.getId()))
        .isEqualTo("[INFO] Environment variables of job " + source + " that this one does not get,"
            + " since its own stand in place of all of them: A, B\n");
    assertThat(systemLog(copy.getId())).isEmpty();
  }

  private String systemLog(String job) throws IOException {
    try (var content = new LogContent(world.log, new JobId(job), LogSource.SYSTEM)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Evidence(value = CLIENT, at = "6.8", says = "replaces files by variable and asks for new ones")
  void replacesFilesByVariable() {
    var other = proto(file("other.csv", "DATA", "4"));
    var overrides = overrides()
        .addInputFiles(other)
        .addOutputFiles(FileDesc.newBuilder().setPath("other.txt").setVar("OUT"));
    var operation = stubs.jobs().clone(request(source(), overrides).build());
    var response = response(operation, CloneProjectJobResponse.getDefaultInstance());
    var clone = get(response.getJobId());

    assertThat(clone.getJobParameters().getInputFilesList()).containsExactly(other);
    assertThat(clone.getJobParameters().getOutputFiles(0).getPath()).isEqualTo("other.txt");
    assertThat(response.getUploadFilesList())
        .extracting(StorageFile::getFile)
        .containsExactly(other);
  }

  @Test
  @Evidence(value = CLIENT, at = "6.8", says = "replaces arguments by name")
  void replacesArgumentsByName() {
    var overrides = overrides().addArguments(argument("SIZE", "7"));
    var clone = cloned(request(source(), overrides));

    assertThat(clone.getJobParameters().getArgumentsList())
        .containsExactly(argument("SIZE", "7"), argument("MODE", "fast"));
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.22",
      says = "refuses arguments and files that the source does not have")
  void refusesUnknownArgumentsAndFiles() {
    var source = source();

    assertRefused(
        () -> stubs
            .jobs()
            .clone(request(source, overrides().addArguments(argument("COLOR", "x")))
                .build()),
        Status.Code.INVALID_ARGUMENT,
        "job_parameters_overrides.arguments[0].name: ",
        "COLOR");
    assertRefused(
        () -> stubs
            .jobs()
            .clone(request(source, overrides().addInputFiles(proto(file("x", "X", "1"))))
                .build()),
        Status.Code.INVALID_ARGUMENT,
        "job_parameters_overrides.input_files[0]: ");
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "6.8",
      says = "given environment variables replace all of the source's; image, storage and types"
          + " replace if set")
  void replacesVariablesImageStorageAndTypes() {
    var overrides = overrides().addCloudInstanceTypes(CreateTest.type("c1.8"));
    overrides.getEnvBuilder().putVars("NEW", "1").setDockerImageResourceId("b1gimage");
    overrides.setExtendedWorkingStorage(ExtendedWorkingStorage.newBuilder()
        .setType(ExtendedWorkingStorage.StorageType.SSD)
        .setSizeGb(200));
    var clone = cloned(request(source(), overrides)).getJobParameters();

    assertThat(clone.getEnv().getVarsMap()).containsOnlyKeys("NEW");
    assertThat(clone.getEnv().getDockerImageResourceId()).isEqualTo("b1gimage");
    assertThat(clone.getExtendedWorkingStorage().getSizeGb()).isEqualTo(200);
    assertThat(clone.getCloudInstanceTypesList()).containsExactly(CreateTest.type("c1.8"));
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.22",
      says = "what a clone cannot change has to be unset or as in the source")
  void refusesToChangeTheCommand() {
    var source = source();

    assertRefused(
        () -> stubs.jobs().clone(request(source, overrides().setCmd("false")).build()),
        Status.Code.INVALID_ARGUMENT,
        "job_parameters_overrides.cmd: ");
    assertThat(
            cloned(request(source, overrides().setCmd("cat ${DATA} ${SIZE}"))).getId())
        .isNotEqualTo(source);
  }

  @Test
  @Evidence(value = CLIENT, at = "6.8", says = "takes a new name, description and time to live")
  void takesNewNameDescriptionAndTtl() {
    var request = request(source(), overrides())
        .setName("new")
        .setDesc("newer")
        .setDataTtl(Duration.newBuilder().setSeconds(86_400));
    var clone = cloned(request);

    assertThat(clone.getName()).isEqualTo("new");
    assertThat(clone.getDesc()).isEqualTo("newer");
    assertThat(clone.getDataExpiresAt().getSeconds())
        .isEqualTo(clone.getCreatedAt().getSeconds() + 86_400);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.23", says = "a source that runs or has failed can be cloned")
  void anySourceWithDataCanBeCloned() {
    assertThat(cloned(request(executing(), overrides())).getId()).isNotEmpty();
    assertThat(cloned(request(ended(1), overrides())).getId()).isNotEmpty();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.23", says = "a source whose data are cleared cannot be cloned")
  void refusesAClearedSource() {
    var source = ended(0);
    stubs
        .jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(source).build());

    assertRefused(
        () -> stubs.jobs().clone(request(source, overrides()).build()),
        Status.Code.FAILED_PRECONDITION,
        "cleared");
  }

  @Test
  @Evidence(value = DOCS, at = "2.3", says = "metadata and response are those of Clone")
  void operationHasItsOwnTypes() {
    var operation = stubs.jobs().clone(request(source(), overrides()).build());
    var metadata = metadata(operation, CloneProjectJobMetadata.getDefaultInstance());

    assertThat(metadata.getProjectId()).isEqualTo(PROJECT);
    assertThat(response(operation, CloneProjectJobResponse.getDefaultInstance()).getJobId())
        .isEqualTo(metadata.getJobId());
  }

  @Test
  @Evidence(value = CHOICE, at = "10.19", says = "a clone keeps the content that it shares")
  void sharedContentOutlivesTheSource() throws Exception {
    var source = created(parameters().addInputFiles(proto(INPUT))).getJobId();
    world.upload(new JobId(source), INPUT, "1,2,3");
    execute(source);
    world.runner().started(new JobId(source));
    end(source, 0, io.github.datasphere.emulator.job.Collected.NOTHING);
    var clone = cloned(request(source, overrides()));
    stubs
        .jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(source).build());

    assertThat(execute(clone.getId()).getDone()).isFalse();
    assertThat(world.isStored(new JobId(clone.getId()), INPUT)).isTrue();
  }

  private String source() {
    var parameters = parameters()
        .setCmd("cat ${DATA} ${SIZE}")
        .addInputFiles(proto(INPUT))
        .addOutputFiles(FileDesc.newBuilder().setPath("out.txt").setVar("OUT"))
        .addArguments(argument("SIZE", "1"))
        .addArguments(argument("MODE", "fast"));
    parameters.getEnvBuilder().putVars("OLD", "1");
    return created(parameters).getJobId();
  }

  /** What the official client's fork sends at least: an environment, nothing else. */
  private static JobParameters.Builder overrides() {
    return JobParameters.newBuilder().setEnv(Environment.getDefaultInstance());
  }

  private static CloneProjectJobRequest.Builder request(
      String source, JobParameters.Builder overrides) {
    return CloneProjectJobRequest.newBuilder()
        .setSourceJobId(source)
        .setJobParametersOverrides(overrides)
        .setDataTtl(Duration.newBuilder().setSeconds(TTL.toSeconds()));
  }

  private Job cloned(CloneProjectJobRequest.Builder request) {
    var operation = stubs.jobs().clone(request.build());
    return get(response(operation, CloneProjectJobResponse.getDefaultInstance()).getJobId());
  }

  private static Argument argument(String name, String value) {
    return Argument.newBuilder().setName(name).setValue(value).build();
  }
}
