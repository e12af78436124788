package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.capacity.Demand;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobMetadata;
import io.github.datasphere.proto.jobs.DockerImageSpec;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.PythonEnv;
import io.github.datasphere.proto.jobs.StorageFile;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Rpc("ProjectJobService/Create")
class CreateTest extends BehaviourTest {
  private static final JobFile INPUT = file("data.csv", "DATA", "1,2,3");

  @Test
  @Evidence(value = REAL, at = "2.2", says = "answers with an operation that is done at once")
  void isDoneAtOnce() {
    var operation = create(parameters());

    assertThat(operation.getDone()).isTrue();
    assertThat(operation.getId()).matches("bt1[0-9a-v]{17}");
    assertThat(operation.getCreatedAt()).isEqualTo(proto(GrpcWorld.START));
  }

  @Test
  @Evidence(
      value = DOCS,
      at = "2.3",
      says = "metadata name project and job, the response names the job")
  void namesTheJobInMetadataAndResponse() {
    var operation = create(parameters());
    var metadata = metadata(operation, CreateProjectJobMetadata.getDefaultInstance());

    assertThat(metadata.getProjectId()).isEqualTo(PROJECT);
    assertThat(get(metadata.getJobId()).getStatus()).isEqualTo(JobStatus.CREATING);
  }

  @Test
  @Evidence(value = REAL, at = "2.20", says = "ids have a 3-character prefix and 17 more of 0-9a-v")
  void idsLookLikeRealOnes() {
    assertThat(create()).matches("bt1[0-9a-v]{17}");
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "2.6",
      says = "asks for each missing file at a URL of its own and echoes the file unchanged")
  void asksForTheFilesThatAreMissing() {
    var zip =
        proto(file("dir", "DIR", "PK")).toBuilder().setCompressionType(FileCompressionType.ZIP);
    var response = created(parameters().addInputFiles(proto(INPUT)).addInputFiles(zip));

    assertThat(response.getUploadFilesList())
        .extracting(StorageFile::getFile)
        .containsExactlyInAnyOrder(proto(INPUT), zip.build());
    assertThat(response.getUploadFilesList())
        .allSatisfy(file -> assertThat(file.getUrl()).startsWith("http://localhost:9099/"));
  }

  @Test
  @Evidence(value = CLIENT, at = "2.9", says = "asks for local modules too, wherever they lie")
  void asksForLocalModules() {
    var module = proto(file("/tmp/datasphere_x/tmpy", "_LOCAL_MODULE_0", "PK"));
    var parameters = parameters();
    parameters.getEnvBuilder().setPythonEnv(PythonEnv.newBuilder().addLocalModules(module));

    assertThat(created(parameters).getUploadFilesList())
        .extracting(StorageFile::getFile)
        .containsExactly(module);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "2.5",
      says = "does not ask again for content that a job of the same project uploaded")
  void doesNotAskForWhatIsStored() throws Exception {
    var first = created(parameters().addInputFiles(proto(INPUT))).getJobId();
    world.upload(new JobId(first), INPUT, "1,2,3");

    assertThat(created(parameters().addInputFiles(proto(INPUT))).getUploadFilesList())
        .isEmpty();
  }

  @Test
  @Evidence(value = DOCS, at = "2.5", says = "stored content is shared within a project only")
  void contentIsNotSharedBetweenProjects() throws Exception {
    var first = created(parameters().addInputFiles(proto(INPUT))).getJobId();
    world.upload(new JobId(first), INPUT, "1,2,3");
    var elsewhere = request(parameters().addInputFiles(proto(INPUT))).setProjectId("bt1other");

    assertThat(stubs.jobs().create(elsewhere.build()).getResponse().toString())
        .contains(INPUT.sha256());
  }

  @Test
  @Evidence(value = CHOICE, at = "10.2", says = "asks once for content that a job needs twice")
  void asksOnceForEqualContent() {
    var twin = file("twin.csv", "TWIN", "1,2,3");

    assertThat(created(parameters().addInputFiles(proto(INPUT)).addInputFiles(proto(twin)))
            .getUploadFilesCount())
        .isEqualTo(1);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.2", says = "the empty file always counts as stored")
  void doesNotAskForTheEmptyFile() {
    var empty = file("empty", "", "");

    assertThat(created(parameters().addInputFiles(proto(empty))).getUploadFilesList())
        .isEmpty();
  }

  @Test
  @Evidence(value = DOCS, at = "2.1", says = "data live 14 days if the client does not say")
  void dataLiveFourteenDaysByDefault() {
    var request = request(parameters()).clearDataTtl().build();
    var id = metadata(stubs.jobs().create(request), CreateProjectJobMetadata.getDefaultInstance())
        .getJobId();

    assertThat(get(id).getDataExpiresAt()).isEqualTo(proto(GrpcWorld.START.plus(TTL)));
  }

  @Test
  @Evidence(value = REAL, at = "2.19", says = "two jobs may have one name")
  void namesNeedNotBeUnique() {
    assertThat(create()).isNotEqualTo(create());
  }

  @Test
  @Evidence(
      value = REAL,
      at = "2.21",
      says = "refuses instance types that are not on offer with the service's own words")
  void refusesInstanceTypesThatAreNotOffered(@TempDir Path other) throws Exception {
    use(new GrpcWorld(other, offering("c1.4", "c1.8"), TokenRules.OPEN, List.of()));
    var parameters = parameters().clearCloudInstanceTypes();
    parameters.addCloudInstanceTypes(type("gt4.1"));
    var status = refusal(() -> create(parameters));

    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription())
        .isEqualTo("Instance types gt4.1 are not available for your community");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.27", says = "takes the first instance type that is on offer")
  void takesTheFirstInstanceTypeOnOffer(@TempDir Path other) throws Exception {
    use(new GrpcWorld(other, offering("c1.4", "c1.8"), TokenRules.OPEN, List.of()));
    var parameters = parameters().clearCloudInstanceTypes();
    parameters.addCloudInstanceTypes(type("g1.1")).addCloudInstanceTypes(type("c1.8"));
    var job = executing(parameters);

    assertThat(get(job).getActualCloudInstanceType().getName()).isEqualTo("c1.8");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.31", says = "makes an unknown project on first use")
  void makesAnUnknownProject() {
    var job = created(parameters()).getJobId();

    assertThat(get(job).getProjectId()).isEqualTo(PROJECT);
    assertThat(world.store.project(world.engine.job(new JobId(job)).projectId()))
        .isPresent();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.31", says = "refuses an unknown project in strict mode")
  void strictModeRefusesAnUnknownProject(@TempDir Path other) throws Exception {
    use(new GrpcWorld(other, strict(), TokenRules.OPEN, List.of()));
    var status = refusal(() -> create(parameters()));

    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getDescription()).isEqualTo("Project not found");
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.33",
      says = "repeats the official client's checks, since other SDKs skip them")
  void repeatsTheChecksOfTheClient() {
    assertRefused(
        () -> create(parameters().setCmd("cat ${NOBODY}")),
        Status.Code.INVALID_ARGUMENT,
        "job_parameters.cmd: ",
        "${NOBODY}");
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.41",
      says = "shows the password of a registry to nobody, though it uses it")
  void passwordIsRedacted() {
    var parameters = parameters();
    parameters
        .getEnvBuilder()
        .setDockerImageSpec(
            DockerImageSpec.newBuilder().setImageUrl("r/i").setPasswordPlainText("hunter2"));
    var job = created(parameters).getJobId();
    execute(job);

    assertThat(get(job).toString()).contains("***").doesNotContain("hunter2");
    assertThat(execute(job).getMetadata().getValue().toStringUtf8()).doesNotContain("hunter2");
  }

  static CloudInstanceType type(String name) {
    return CloudInstanceType.newBuilder().setName(name).build();
  }

  static EngineSettings offering(String... types) {
    return settings(InstanceTypes.of(List.of(), List.of(types)), false);
  }

  static EngineSettings strict() {
    return settings(InstanceTypes.standard(), true);
  }

  private static EngineSettings settings(InstanceTypes types, boolean strict) {
    return new EngineSettings(
        types,
        strict,
        false,
        Duration.ofHours(24),
        Duration.ofDays(7),
        Budget.UNLIMITED,
        EngineSettings.NO_QUOTA,
        job -> Demand.NONE);
  }
}
