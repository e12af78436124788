package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.GrpcWorld.file;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.capacity.Demand;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Rpc("ProjectJobService/Execute")
class ExecuteTest extends BehaviourTest {
  @Test
  @Evidence(
      value = CLIENT,
      at = "3.1",
      says = "the very first answer holds the job with its id and project, in both places")
  void firstAnswerHoldsTheJob() {
    var job = create();
    var operation = execute(job);
    var metadata = metadata(operation, ExecuteProjectJobMetadata.getDefaultInstance());

    assertThat(operation.getDone()).isFalse();
    assertThat(metadata.getJob().getId()).isEqualTo(job);
    assertThat(metadata.getJob().getProjectId()).isEqualTo(PROJECT);
    assertThat(metadata.getMetadata().getId()).isEqualTo(job);
    assertThat(metadata.getMetadata().getProjectId()).isEqualTo(PROJECT);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.13",
      says = "the first answer is never done, however little the job does; the next call shows the"
          + " end")
  void firstAnswerIsNeverDone() {
    var job = create();
    world.runner().hurry();
    var first = execute(job);
    var metadata = metadata(first, ExecuteProjectJobMetadata.getDefaultInstance());

    assertThat(first.getDone()).isFalse();
    assertThat(metadata.getJob().getStatus()).isEqualTo(JobStatus.PREPARING);
    assertThat(operation(first.getId()).getDone()).isTrue();
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.12",
      says = "the job goes from CREATING over PREPARING, EXECUTING, UPLOADING_OUTPUT to SUCCESS")
  void jobGoesThroughItsStates() {
    var job = create();
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.CREATING);
    execute(job);
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.PREPARING);
    world.runner().started(new JobId(job));
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.EXECUTING);
    world.runner().exited(new JobId(job), 0);
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.UPLOADING_OUTPUT);
    world.runner().collected(new JobId(job), Collected.NOTHING);
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.3",
      says = "on a job that runs gives the one operation, and starts no second run")
  void secondExecuteGivesTheSameOperation() {
    var job = create();
    var first = execute(job);
    world.runner().started(new JobId(job));

    assertThat(execute(job).getId()).isEqualTo(first.getId());
    assertThat(world.runner().told()).containsOnlyOnce("run " + job);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.3",
      says = "on a job that ended long ago gives the finished operation with its result")
  void attachToAnEndedJobGivesItsResult() {
    var job = ended(1);
    world.clock.advance(Duration.ofDays(3));
    var operation = execute(job);

    assertThat(response(operation, ExecuteProjectJobResponse.getDefaultInstance())
            .getResult()
            .getReturnCode())
        .isEqualTo(1);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.5", says = "on a cancelled job gives the cancelled operation")
  void cancelledJobGivesACancelledOperation() {
    var job = create();
    stubs.jobs().cancel(CancelProjectJobRequest.newBuilder().setJobId(job).build());
    var operation = execute(job);

    assertThat(operation.getDone()).isTrue();
    assertThat(operation.getError().getCode()).isEqualTo(1);
    assertThat(execute(job).getId()).isEqualTo(operation.getId());
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.4",
      says = "before all files are uploaded is refused, names them, and may be repeated")
  void isRefusedUntilAllFilesAreUploaded() throws Exception {
    var input = file("data.csv", "", "1,2,3");
    var job = created(parameters().addInputFiles(proto(input))).getJobId();

    assertRefused(() -> execute(job), Status.Code.FAILED_PRECONDITION, "data.csv");
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.CREATING);
    world.upload(new JobId(job), input, "1,2,3");
    assertThat(execute(job).getDone()).isFalse();
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "3.4",
      says = "success is a response with return code 0 and a URL for every output")
  void successGivesTheOutputs() throws Exception {
    var job = executing();
    var output = stored("model.bin", "weights");
    end(job, 0, outputs(output));
    var response = response(execute(job), ExecuteProjectJobResponse.getDefaultInstance());

    assertThat(response.getResult().getReturnCode()).isZero();
    assertThat(response.getOutputFilesList()).singleElement().satisfies(file -> {
      assertThat(file.getFile()).isEqualTo(proto(output));
      assertThat(file.getUrl()).startsWith("http://localhost:9099/");
    });
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.5",
      says = "a program that fails gives a response too, with its code and outputs; the job is in"
          + " ERROR")
  void failingProgramGivesAResponse() throws Exception {
    var job = executing();
    end(job, 3, outputs(stored("half.bin", "x")));
    var response = response(execute(job), ExecuteProjectJobResponse.getDefaultInstance());

    assertThat(response.getResult().getReturnCode()).isEqualTo(3);
    assertThat(response.getOutputFilesCount()).isEqualTo(1);
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(get(job).getStatusDetails()).isEqualTo("Program returned code 3");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.28", says = "after signal n the return code is 128 + n")
  void returnCodeIsTheOneOfBash() {
    var job = ended(137);

    assertThat(response(execute(job), ExecuteProjectJobResponse.getDefaultInstance())
            .getResult()
            .getReturnCode())
        .isEqualTo(137);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.6",
      says = "a missing output is named in the response, and the job is in ERROR")
  void missingOutputIsAnError() {
    var job = executing();
    end(job, 0, missing(notFound("results/**")));
    var response = response(execute(job), ExecuteProjectJobResponse.getDefaultInstance());

    assertThat(response.getResult().getReturnCode()).isZero();
    assertThat(response.getOutputFilesErrorsList()).singleElement().satisfies(error -> {
      assertThat(error.getOutputFileDesc().getPath()).isEqualTo("results/**");
      assertThat(error.getDescription()).isEqualTo("Not found");
    });
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(get(job).getFileErrorsList()).isEqualTo(response.getOutputFilesErrorsList());
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.6",
      says = "with a switch a missing output alone leaves the job in SUCCESS, as users saw it too")
  void missingOutputCanBeForgiven(@TempDir Path other) throws Exception {
    var forgiving = new EngineSettings(
        InstanceTypes.standard(),
        false,
        true,
        Duration.ofHours(24),
        Duration.ofDays(7),
        Budget.UNLIMITED,
        EngineSettings.NO_QUOTA,
        job -> Demand.NONE);
    use(new GrpcWorld(other, forgiving, TokenRules.OPEN, List.of()));
    var job = executing();
    end(job, 0, missing(notFound("out.txt")));

    assertThat(get(job).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  @Evidence(value = CLIENT, at = "3.7", says = "a log file that cannot be stored is named too")
  void lostLogIsNamed() {
    var job = executing();
    end(
        job,
        0,
        missing(new FileError.Log("system.log", FileError.Type.UPLOAD_FAILED, "disk full")));
    var response = response(execute(job), ExecuteProjectJobResponse.getDefaultInstance());

    assertThat(response.getOutputFilesErrors(0).getLogFileName()).isEqualTo("system.log");
  }

  @Test
  @Evidence(value = DOCS, at = "3.16", says = "datasets that the job filled come with their ids")
  void datasetsComeWithTheirIds() {
    var job = executing();
    var dataset =
        new OutputDataset(new OutputDatasetDesc("set", "", Map.of(), 5, "SET"), "bt1dataset");
    end(job, 0, new Collected(List.of(), List.of(), List.of(), List.of(), List.of(dataset)));
    var response = response(execute(job), ExecuteProjectJobResponse.getDefaultInstance());

    assertThat(response.getOutputDatasets(0).getId()).isEqualTo("bt1dataset");
    assertThat(get(job).getOutputDatasets(0).getDesc().getName()).isEqualTo("set");
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.10",
      says = "an image or environment that cannot be made is an error with its cause")
  void brokenEnvironmentIsAnError() {
    var job = preparing();
    var cause = new Ending.Failed(ErrorCode.FAILED_PRECONDITION, "Image nope:1 is not found");
    world.runner().ended(new JobId(job), cause);
    world.runner().collected(new JobId(job), Collected.NOTHING);
    var operation = execute(job);

    assertThat(operation.getError().getCode()).isEqualTo(9);
    assertThat(operation.getError().getMessage()).isEqualTo("Image nope:1 is not found");
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(get(job).getStatusDetails()).isEqualTo("Image nope:1 is not found");
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.40",
      says = "a job that has to wait for room waits in PREPARING")
  void jobsQueueInPreparing(@TempDir Path other) throws Exception {
    var one = new Demand(1, 4, 1);
    var narrow = new EngineSettings(
        InstanceTypes.standard(),
        false,
        false,
        Duration.ofHours(24),
        Duration.ofDays(7),
        new Budget(1, 4, 1),
        EngineSettings.NO_QUOTA,
        job -> one);
    use(new GrpcWorld(other, narrow, TokenRules.OPEN, List.of()));
    var first = executing();
    var second = preparing();
    assertThat(world.runner().told()).doesNotContain("run " + second);
    assertThat(get(second).getStatus()).isEqualTo(JobStatus.PREPARING);
    end(first, 0, Collected.NOTHING);

    assertThat(world.runner().told()).contains("run " + second);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.17",
      says = "with as many jobs active as the quota lets be, the next operation ends after seconds"
          + " in RESOURCE_EXHAUSTED")
  void theJobBeyondTheQuotaEndsInErrorAfterSeconds(@TempDir Path other) throws Exception {
    use(new GrpcWorld(other));
    world.engine.limitTo(1);
    var first = executing();
    var second = create();
    var begun = execute(second);
    assertThat(begun.getDone()).isFalse();
    assertThat(get(second).getStatus()).isEqualTo(JobStatus.PREPARING);

    world.clock.advance(Duration.ofSeconds(3));

    var ended = operation(begun.getId());
    assertThat(ended.getError().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED.value());
    assertThat(ended.getError().getMessage()).isEqualTo("Job execution quota exhausted");
    assertThat(ended.hasResponse()).isFalse();
    assertThat(get(second).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(get(second).getStatusDetails()).isEqualTo("Job execution quota exhausted");
    assertThat(execute(second)).as("as attach asks").isEqualTo(ended);
    assertThat(world.runner().told()).noneMatch(told -> told.endsWith(second));
    assertThat(get(first).getStatus()).isEqualTo(JobStatus.EXECUTING);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.17",
      says = "six log and diagnostic files of 0 bytes are listed on a job beyond the quota")
  void theJobBeyondTheQuotaListsSixEmptyFiles(@TempDir Path other) throws Exception {
    use(new GrpcWorld(other));
    world.engine.limitTo(1);
    executing();
    var second = preparing();
    world.clock.advance(Duration.ofSeconds(3));

    var job = get(second);
    assertThat(job.getLogFilesList())
        .extracting(file -> file.getDesc().getPath())
        .containsExactly("stdout.log", "stderr.log", "system.log");
    assertThat(job.getDiagnosticFilesList())
        .extracting(file -> file.getDesc().getPath())
        .containsExactly("docker_stats.tsv", "gpu_stats.tsv", "job_progress.jsonl");
    assertThat(Stream.concat(job.getLogFilesList().stream(), job.getDiagnosticFilesList().stream()))
        .allMatch(file -> file.getSizeBytes() == 0);
    assertThat(job.getOutputFilesList()).isEmpty();
  }

  private static FileError notFound(String path) {
    return new FileError.Output(new FileDesc(path, ""), FileError.Type.NOT_FOUND, "Not found");
  }
}
