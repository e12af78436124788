package io.github.datasphere.emulator.job.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a job runs and where; the fields of the wire message, in its order.
 *
 * @param workingStorage null for the default disk
 * @param gracefulShutdown null if the job does not ask for one
 * @param sparkConnectorId null if the job has no Spark connection
 */
public record JobParameters(
    List<JobFile> inputFiles,
    List<FileDesc> outputFiles,
    List<String> s3MountIds,
    List<String> datasetIds,
    String cmd,
    Environment env,
    boolean attachProjectDisk,
    List<String> instanceTypes,
    @Nullable WorkingStorage workingStorage,
    List<Argument> arguments,
    List<OutputDatasetDesc> outputDatasets,
    @Nullable GracefulShutdown gracefulShutdown,
    @Nullable String sparkConnectorId) {
  public JobParameters {
    inputFiles = List.copyOf(inputFiles);
    outputFiles = List.copyOf(outputFiles);
    s3MountIds = List.copyOf(s3MountIds);
    datasetIds = List.copyOf(datasetIds);
    instanceTypes = List.copyOf(instanceTypes);
    arguments = List.copyOf(arguments);
    outputDatasets = List.copyOf(outputDatasets);
  }

  public List<JobFile> localModules() {
    return env.python() == null ? List.of() : env.python().localModules();
  }

  /** All that the client has to upload: inputs and local modules. */
  public List<JobFile> uploads() {
    if (localModules().isEmpty()) {
      return inputFiles;
    }
    var all = new ArrayList<>(inputFiles);
    all.addAll(localModules());
    return List.copyOf(all);
  }
}
