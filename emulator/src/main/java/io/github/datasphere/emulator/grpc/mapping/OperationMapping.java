package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.OperationView;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.proto.datasphere.CreateProjectMetadata;
import io.github.datasphere.proto.jobs.CloneProjectJobMetadata;
import io.github.datasphere.proto.jobs.CloneProjectJobResponse;
import io.github.datasphere.proto.jobs.CreateProjectJobMetadata;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataMetadata;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataResponse;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataMetadata;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataResponse;
import io.github.datasphere.proto.jobs.DeleteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.JobResult;
import io.github.datasphere.proto.jobs.StorageFile;
import java.util.List;

/**
 * Operations, with the exact types that each call declares: the Go SDK refuses any other
 * (service-behaviour 3.11). URLs are signed again whenever an operation is shown.
 */
public final class OperationMapping {
  private final JobEngine engine;

  public OperationMapping(JobEngine engine) {
    this.engine = engine;
  }

  /** Maps an operation with its job as it is now. */
  public io.github.datasphere.proto.operation.Operation toProto(Operation operation) {
    return toProto(new OperationView(operation, engine.jobOf(operation)));
  }

  public io.github.datasphere.proto.operation.Operation toProto(OperationView view) {
    var operation = view.operation();
    var proto = io.github.datasphere.proto.operation.Operation.newBuilder()
        .setId(operation.id().value())
        .setDescription(operation.kind().description())
        .setCreatedAt(TimeMapping.toProto(operation.createdAt()))
        .setCreatedBy(operation.createdBy())
        .setModifiedAt(TimeMapping.toProto(operation.modifiedAt()))
        .setDone(operation.isDone())
        .setMetadata(Any.pack(metadata(view)));
    if (operation.result() instanceof OperationResult.Failed failed) {
      // Set an error only together with done: some SDKs take any error for final (service-behaviour
      // 3.10)
      proto.setError(
          Status.newBuilder().setCode(failed.code().number()).setMessage(failed.message()));
    } else if (operation.result() != null) {
      proto.setResponse(Any.pack(response(operation, operation.result())));
    }
    return proto.build();
  }

  private static Message metadata(OperationView view) {
    var operation = view.operation();
    var project = operation.projectId().value();
    var job = jobId(operation);
    return switch (operation.kind()) {
      case CREATE ->
        CreateProjectJobMetadata.newBuilder()
            .setProjectId(project)
            .setJobId(job)
            .build();
      case CLONE ->
        CloneProjectJobMetadata.newBuilder().setProjectId(project).setJobId(job).build();
      case EXECUTE -> executeMetadata(view);
      case DELETE -> DeleteProjectJobMetadata.newBuilder().setJobId(job).build();
      case DELETE_DATA ->
        DeleteProjectJobDataMetadata.newBuilder().setJobId(job).build();
      case DELETE_ALL_DATA ->
        DeleteAllProjectJobDataMetadata.newBuilder().setProjectId(project).build();
      case CREATE_PROJECT ->
        CreateProjectMetadata.newBuilder().setProjectId(project).build();
    };
  }

  /** Clients read the job's id and project from the very first answer (service-behaviour 3.1). */
  private static ExecuteProjectJobMetadata executeMetadata(OperationView view) {
    var job = view.job();
    if (job == null) {
      throw new IllegalStateException("operation " + view.operation().id() + " has lost its job");
    }
    var proto = ExecuteProjectJobMetadata.newBuilder()
        .setJob(JobMapping.toProto(job))
        .setMetadata(JobMapping.toMetadata(job));
    if (job.execution().progress() != null) {
      proto.setProgress(JobMapping.toProto(job.execution().progress()));
    }
    return proto.build();
  }

  private Message response(Operation operation, OperationResult result) {
    return switch (operation.kind()) {
      case CREATE ->
        CreateProjectJobResponse.newBuilder()
            .setJobId(jobId(operation))
            .addAllUploadFiles(uploads(operation, (OperationResult.Submitted) result))
            .build();
      case CLONE ->
        CloneProjectJobResponse.newBuilder()
            .setJobId(jobId(operation))
            .addAllUploadFiles(uploads(operation, (OperationResult.Submitted) result))
            .build();
      case EXECUTE -> executed(operation, (OperationResult.Executed) result);
      case DELETE -> Empty.getDefaultInstance();
      case DELETE_DATA -> DeleteProjectJobDataResponse.getDefaultInstance();
      case DELETE_ALL_DATA -> DeleteAllProjectJobDataResponse.getDefaultInstance();
      case CREATE_PROJECT -> ProjectMapping.toProto(engine.projects().get(operation.projectId()));
    };
  }

  private List<StorageFile> uploads(Operation operation, OperationResult.Submitted submitted) {
    return submitted.missingFiles().stream()
        .map(file -> FileMapping.toProto(
            file, engine.links().upload(idOfJob(operation), operation.projectId(), file)))
        .toList();
  }

  private ExecuteProjectJobResponse executed(
      Operation operation, OperationResult.Executed executed) {
    var proto = ExecuteProjectJobResponse.newBuilder()
        .addAllOutputFiles(downloads(operation, executed.outputFiles()))
        .setResult(JobResult.newBuilder().setReturnCode(executed.returnCode()));
    executed.errors().forEach(error -> proto.addOutputFilesErrors(JobMapping.toProto(error)));
    executed.datasets().forEach(set -> proto.addOutputDatasets(DatasetMapping.toProto(set)));
    return proto.build();
  }

  private List<StorageFile> downloads(Operation operation, List<JobFile> files) {
    var id = idOfJob(operation);
    return files.stream()
        .map(file ->
            FileMapping.toProto(file, engine.links().download(id, operation.projectId(), file)))
        .toList();
  }

  private static io.github.datasphere.emulator.job.id.JobId idOfJob(Operation operation) {
    return java.util.Objects.requireNonNull(operation.jobId());
  }

  private static String jobId(Operation operation) {
    return operation.jobId() == null ? "" : operation.jobId().value();
  }
}
