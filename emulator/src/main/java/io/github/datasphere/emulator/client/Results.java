package io.github.datasphere.emulator.client;

import com.google.rpc.Code;
import io.github.datasphere.emulator.client.config.ClientSizes;
import io.github.datasphere.emulator.client.config.JobConfig;
import io.github.datasphere.emulator.client.files.FileException;
import io.github.datasphere.emulator.client.files.ResultFolder;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.FileUploadError;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.OutputDataset;
import io.github.datasphere.proto.jobs.StorageFile;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.StatusRuntimeException;
import java.util.Comparator;
import java.util.List;

/** What is left of a job that has ended: its link, outputs, missing outputs, exit code. */
final class Results {
  private static final long OFFICIAL_LIMIT = 1L << 30;

  private final JobConfig config;
  private final RunOptions options;
  private final JobService service;
  private final RunLog log;
  private final CancelRequests cancellation;

  Results(
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
  }

  /**
   * Fetches the outputs of a done operation, as the official client does even if the program failed
   * (service-behaviour 3.5).
   *
   * @return the program's exit code; 1 if it succeeded but an output did not arrive
   */
  int fetch(Operation done) throws RunFailedException {
    showLink(done);
    if (done.hasError()) {
      if (cancellation.requests() > 0) {
        fetchWhatWasSaved(done);
      }
      var code = Code.forNumber(done.getError().getCode());
      throw new RunFailedException("Operation returned error:\n\tstatus="
          + (code == null ? done.getError().getCode() : code)
          + "\n\tdetails="
          + done.getError().getMessage());
    }
    var response = JobService.unpack(done.getResponse(), ExecuteProjectJobResponse.class);
    var errors = response.getOutputFilesErrorsList();
    showErrors(errors);
    boolean complete = download(response.getOutputFilesList());
    showDatasets(response.getOutputDatasetsList());
    int code = exitCode(response.getResult().getReturnCode());
    if (code != 0) {
      log.error("Program returned code " + response.getResult().getReturnCode());
      return code;
    }
    if (!complete) {
      return 1;
    }
    sayHowItEnded(status(done), errors.size());
    return 0;
  }

  /** The official client calls a success whatever ends with code 0 (service-behaviour 3.6). */
  private void sayHowItEnded(JobStatus status, int notStored) {
    var without = notStored == 0
        ? ""
        : notStored == 1
            ? ", one file was not stored"
            : ", " + notStored + " files were not stored";
    if (status == JobStatus.ERROR) {
      log.error("the program ended with code 0, but the job is in ERROR" + without
          + "; the exit code stays 0, as that of the official client, which calls it a success");
    } else if (notStored > 0) {
      log.warn("the job is in SUCCESS" + without);
    } else {
      log.info("job completed successfully");
    }
  }

  private JobStatus status(Operation done) throws RunFailedException {
    return JobService.unpack(done.getMetadata(), ExecuteProjectJobMetadata.class)
        .getJob()
        .getStatus();
  }

  /**
   * A program that was asked to end may have saved its outputs; the service keeps them with the
   * job, and with an emulator of its own they would go with it.
   */
  private void fetchWhatWasSaved(Operation done) throws RunFailedException {
    var job =
        JobService.unpack(done.getMetadata(), ExecuteProjectJobMetadata.class).getJob();
    try {
      var outputs = service.outputs(job.getId());
      if (!outputs.isEmpty()) {
        download(outputs);
      }
    } catch (StatusRuntimeException e) {
      log.warn("what the job saved before it ended could not be fetched: " + e.getStatus());
    }
  }

  private void showLink(Operation done) throws RunFailedException {
    var job =
        JobService.unpack(done.getMetadata(), ExecuteProjectJobMetadata.class).getJob();
    try {
      log.info("job link: "
          + options.links()
          + "/communities/"
          + service.communityOf(job.getProjectId())
          + "/projects/"
          + job.getProjectId()
          + "/job/"
          + job.getId());
    } catch (StatusRuntimeException e) {
      log.warn("no job link: the project's community is unknown: " + e.getStatus());
    }
  }

  /** A missing output is what users of the real service trip over most (service-behaviour 9.1). */
  private void showErrors(List<FileUploadError> errors) {
    if (!errors.isEmpty()) {
      log.error("Some output files were not uploaded due to errors:");
    }
    for (var error : errors) {
      String name =
          error.hasOutputFileDesc() ? error.getOutputFileDesc().getPath() : error.getLogFileName();
      String description =
          error.getDescription().isEmpty() ? "Error while processing file" : error.getDescription();
      String hint =
          name.contains("*") ? "; outputs are no patterns: declare the folder instead" : "";
      log.error("  * " + name + " (" + description + hint + ")");
    }
  }

  /** Smallest first, as the official client, but without its silent end at 1 GiB (9.11). */
  private boolean download(List<StorageFile> outputs) {
    if (outputs.isEmpty()) {
      log.info("no files to download");
      return true;
    }
    long total =
        outputs.stream().mapToLong(file -> file.getFile().getSizeBytes()).sum();
    log.info("downloading " + outputs.size() + " files (" + ClientSizes.humanize(total) + ") ...");
    if (total > OFFICIAL_LIMIT) {
      log.warn("the official client would leave out what exceeds "
          + ClientSizes.humanize(OFFICIAL_LIMIT));
    }
    int before = cancellation.requests();
    boolean complete = true;
    var sorted = outputs.stream()
        .sorted(Comparator.comparingLong(file -> file.getFile().getSizeBytes()))
        .toList();
    for (var file : sorted) {
      try {
        download(file, before);
      } catch (FileException e) {
        log.error(String.valueOf(e.getMessage()));
        complete = false;
      }
    }
    if (complete) {
      log.info("files are downloaded");
    }
    return complete;
  }

  private void download(StorageFile output, int before) throws FileException {
    var desc = output.getFile().getDesc();
    if (!config.parameters().getOutputFilesList().contains(desc)) {
      throw new FileException(
          "the service offers " + desc.getPath() + ", which is no declared output: not downloaded");
    }
    long size = output.getFile().getSizeBytes();
    try (var bar = log.console().transfer("downloading " + desc.getPath(), size)) {
      new ResultFolder(config.folder()).fetch(output, bytes -> {
        cancellation.check(before);
        bar.advance(bytes);
      });
    }
  }

  private void showDatasets(List<OutputDataset> datasets) {
    if (!datasets.isEmpty()) {
      log.info("Created datasets:");
    }
    for (var dataset : datasets) {
      log.info("  * "
          + dataset.getId()
          + " ("
          + dataset.getDesc().getName()
          + ") size: "
          + dataset.getDesc().getSizeGb()
          + " Gb");
    }
  }

  /** An exit code has eight bits; what does not fit must not become a success. */
  private static int exitCode(long returnCode) {
    int code = (int) (returnCode & 0xFF);
    return returnCode != 0 && code == 0 ? 1 : code;
  }
}
