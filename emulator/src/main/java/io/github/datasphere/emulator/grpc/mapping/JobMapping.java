package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.proto.jobs.FileUploadError;
import io.github.datasphere.proto.jobs.JobMetadata;
import io.github.datasphere.proto.jobs.JobProgress;

/** Jobs, as Get and List show them and as operations carry them (service-behaviour 6.14). */
public final class JobMapping {
  private JobMapping() {}

  public static io.github.datasphere.proto.jobs.Job toProto(Job job) {
    var submission = job.submission();
    var proto = io.github.datasphere.proto.jobs.Job.newBuilder()
        .setId(job.id().value())
        .setName(submission.name())
        .setDesc(submission.desc())
        .setCreatedAt(TimeMapping.toProto(submission.createdAt()))
        .setStatus(toProto(job.status()))
        .setConfig(submission.config())
        .setCreatedById(submission.createdBy())
        .setProjectId(job.projectId().value())
        .setJobParameters(ParametersMapping.toProto(job.parameters()))
        .setDataCleared(job.data().cleared())
        .setDataSizeBytes(job.dataSizeBytes())
        .setStatusDetails(job.statusDetails());
    addMoments(job, proto);
    addResults(job, proto);
    if (hasMachine(job)) {
      proto.setActualCloudInstanceType(
          ParametersMapping.instanceType(job.execution().instanceType()));
    }
    if (submission.parent() != null) {
      proto.setParentJobId(submission.parent().value());
    }
    return proto.build();
  }

  /** Makes the part that is cheap to send with every poll (service-behaviour 3.1). */
  static JobMetadata toMetadata(Job job) {
    var submission = job.submission();
    var proto = JobMetadata.newBuilder()
        .setId(job.id().value())
        .setName(submission.name())
        .setDescription(submission.desc())
        .setCreatedAt(TimeMapping.toProto(submission.createdAt()))
        .setStatus(toProto(job.status()))
        .setStatusDetails(job.statusDetails())
        .setCreatedById(submission.createdBy())
        .setProjectId(job.projectId().value());
    if (job.execution().startedAt() != null) {
      proto.setStartedAt(TimeMapping.toProto(job.execution().startedAt()));
    }
    if (job.finishedAt() != null) {
      proto.setFinishedAt(TimeMapping.toProto(job.finishedAt()));
    }
    if (job.data().expiresAt() != null) {
      proto.setDataExpiresAt(TimeMapping.toProto(job.data().expiresAt()));
    }
    if (submission.parent() != null) {
      proto.setParentJobId(submission.parent().value());
    }
    return proto.build();
  }

  static JobProgress toProto(Progress progress) {
    return JobProgress.newBuilder()
        .setMessage(progress.message())
        .setProgress(progress.percent())
        .setCreateTime(TimeMapping.toProto(progress.createdAt()))
        .build();
  }

  static FileUploadError toProto(FileError error) {
    var type = switch (error.type()) {
      case UPLOAD_FAILED -> FileUploadError.ErrorType.UPLOAD_FAILED;
      case NOT_FOUND -> FileUploadError.ErrorType.NOT_FOUND;
    };
    var proto = FileUploadError.newBuilder().setType(type).setDescription(error.description());
    if (error instanceof FileError.Output output) {
      proto.setOutputFileDesc(FileMapping.toProto(output.desc()));
    } else {
      proto.setLogFileName(error.label());
    }
    return proto.build();
  }

  private static void addMoments(Job job, io.github.datasphere.proto.jobs.Job.Builder proto) {
    if (job.execution().startedAt() != null) {
      proto.setStartedAt(TimeMapping.toProto(job.execution().startedAt()));
    }
    if (job.finishedAt() != null) {
      proto.setFinishedAt(TimeMapping.toProto(job.finishedAt()));
    }
    // Unset prints "Never" (service-behaviour 6.6)
    if (job.data().expiresAt() != null) {
      proto.setDataExpiresAt(TimeMapping.toProto(job.data().expiresAt()));
    }
  }

  private static void addResults(Job job, io.github.datasphere.proto.jobs.Job.Builder proto) {
    var results = job.results();
    results.outputFiles().forEach(file -> proto.addOutputFiles(FileMapping.toProto(file)));
    results.logFiles().forEach(file -> proto.addLogFiles(FileMapping.toProto(file)));
    results.diagnosticFiles().forEach(file -> proto.addDiagnosticFiles(FileMapping.toProto(file)));
    results.errors().forEach(error -> proto.addFileErrors(toProto(error)));
    results.datasets().forEach(set -> proto.addOutputDatasets(DatasetMapping.toProto(set)));
  }

  /**
   * Whether the job has a machine: from Execute on. A job that was cancelled before, or is beyond
   * the quota, never has one.
   */
  private static boolean hasMachine(Job job) {
    return (job.status().isActive() && !job.isTurnedAway()) || job.execution().ending() != null;
  }

  private static io.github.datasphere.proto.jobs.JobStatus toProto(JobStatus status) {
    return io.github.datasphere.proto.jobs.JobStatus.forNumber(status.number());
  }
}
