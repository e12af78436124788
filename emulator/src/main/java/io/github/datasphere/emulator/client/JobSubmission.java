package io.github.datasphere.emulator.client;

import com.google.protobuf.Duration;
import io.github.datasphere.emulator.client.config.ClientSizes;
import io.github.datasphere.emulator.client.config.InputPath;
import io.github.datasphere.emulator.client.config.JobConfig;
import io.github.datasphere.emulator.client.files.FileException;
import io.github.datasphere.emulator.client.files.FilePacker;
import io.github.datasphere.emulator.client.files.FileTransfer;
import io.github.datasphere.emulator.client.files.PreparedFile;
import io.github.datasphere.emulator.client.python.PythonSetup;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.StorageFile;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a job to the service: files packed, job created, content uploaded, started. */
final class JobSubmission {
  /** Fourteen days, as the official client always asks for (service-behaviour 2.1). */
  private static final Duration DATA_TTL =
      Duration.newBuilder().setSeconds(1_209_600).build();

  private final JobConfig config;
  private final RunOptions options;
  private final JobService service;
  private final RunLog log;
  private final CancelRequests cancellation;
  private final Rejection rejection;

  JobSubmission(
      JobConfig config,
      RunOptions options,
      JobService service,
      RunLog log,
      CancelRequests cancellation) {
    this.config = config;
    this.options = options;
    this.service = service;
    this.log = log;
    this.cancellation = cancellation;
    this.rejection = new Rejection(options.config(), config.fields());
  }

  /**
   * Leaves the job executing.
   *
   * @param python null for a job without a Python environment
   * @param packer makes the files ready; the caller closes it
   * @return the operation to wait for
   */
  Operation submit(@Nullable PythonSetup python, FilePacker packer)
      throws FileException, RunFailedException, InterruptedException {
    var bySha256 = new LinkedHashMap<String, PreparedFile>();
    var parameters = parameters(python, packer, bySha256);
    log.info("creating job ...");
    var created = create(parameters);
    var jobId = created.getJobId();
    cancellation.aim(new CancelRequests.Target(jobId, config.cancelsGracefully()));
    cancellation.check(0);
    upload(created.getUploadFilesList(), bySha256);
    log.info("created job `" + jobId + "`");
    cancellation.check(0);
    try {
      return service.execute(jobId);
    } catch (StatusRuntimeException e) {
      throw rejection.explain("starting the job", e);
    }
  }

  private JobParameters parameters(
      @Nullable PythonSetup python, FilePacker packer, Map<String, PreparedFile> bySha256)
      throws FileException {
    packer.survey(
        config.inputs().stream().map(InputPath::path).toList(),
        python == null ? List.of() : python.localModules());
    var parameters = config.parameters().toBuilder();
    for (var input : config.inputs()) {
      var file = packer.input(input.path(), input.var());
      bySha256.put(file.file().getSha256(), file);
      parameters.addInputFiles(file.file());
    }
    if (python != null) {
      var environment = parameters.getEnvBuilder().getPythonEnvBuilder();
      environment.setPythonVersion(python.version()).addAllRequirements(python.requirements());
      if (python.pip() != null) {
        environment.setPipOptions(python.pip());
      }
      int index = 0;
      for (var module : python.localModules()) {
        var file = packer.localModule(module, index++);
        bySha256.put(file.file().getSha256(), file);
        environment.addLocalModules(file.file());
      }
    }
    return parameters.build();
  }

  private CreateProjectJobResponse create(JobParameters parameters)
      throws RunFailedException, InterruptedException {
    var request = CreateProjectJobRequest.newBuilder()
        .setProjectId(options.projectId())
        .setJobParameters(parameters)
        .setConfig(config.text())
        .setName(config.name())
        .setDesc(config.description())
        .setDataTtl(DATA_TTL);
    try {
      var operation = service.create(request.build());
      return JobService.unpack(
          new OperationWatch(service, log, cancellation).await(operation).getResponse(),
          CreateProjectJobResponse.class);
    } catch (StatusRuntimeException e) {
      throw rejection.explain("creating the job", e);
    }
  }

  private void upload(List<StorageFile> wanted, Map<String, PreparedFile> bySha256)
      throws FileException, RunFailedException {
    if (wanted.isEmpty()) {
      log.info("no files to upload");
      return;
    }
    long total =
        wanted.stream().mapToLong(file -> file.getFile().getSizeBytes()).sum();
    log.info("uploading " + wanted.size() + " files (" + ClientSizes.humanize(total) + ") ...");
    for (var file : wanted) {
      var prepared = bySha256.get(file.getFile().getSha256());
      if (prepared == null) {
        throw new RunFailedException("the service asks for a file that the job does not have: "
            + file.getFile().getDesc().getPath());
      }
      if (!file.getUrl().isEmpty()) {
        upload(file, prepared);
      }
    }
    log.info("files are uploaded");
  }

  private void upload(StorageFile file, PreparedFile prepared) throws FileException {
    try (var bar =
        log.console().transfer("uploading " + prepared.label(), file.getFile().getSizeBytes())) {
      FileTransfer.put(file.getUrl(), prepared, bytes -> {
        cancellation.check(0);
        bar.advance(bytes);
      });
    }
  }
}
