package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.ExtendedWorkingStorage;
import io.github.datasphere.proto.jobs.GracefulShutdownParameters;
import io.github.datasphere.proto.jobs.SparkParameters;
import java.util.ArrayList;
import java.util.List;

/** Maps everything that decides how a job runs. */
public final class ParametersMapping {
  private ParametersMapping() {}

  /** Returns the parameters as the client sent them, except passwords (service-behaviour 10.41). */
  public static io.github.datasphere.proto.jobs.JobParameters toProto(JobParameters parameters) {
    var proto = io.github.datasphere.proto.jobs.JobParameters.newBuilder()
        .addAllS3MountIds(parameters.s3MountIds())
        .addAllDatasetIds(parameters.datasetIds())
        .setCmd(parameters.cmd())
        .setEnv(EnvironmentMapping.toProto(parameters.env()))
        .setAttachProjectDisk(parameters.attachProjectDisk());
    parameters.inputFiles().forEach(file -> proto.addInputFiles(FileMapping.toProto(file)));
    parameters.outputFiles().forEach(desc -> proto.addOutputFiles(FileMapping.toProto(desc)));
    parameters.instanceTypes().forEach(name -> proto.addCloudInstanceTypes(instanceType(name)));
    parameters.arguments().forEach(argument -> proto.addArguments(toProto(argument)));
    parameters
        .outputDatasets()
        .forEach(desc -> proto.addOutputDatasets(DatasetMapping.toProto(desc)));
    if (parameters.workingStorage() != null) {
      proto.setExtendedWorkingStorage(toProto(parameters.workingStorage()));
    }
    if (parameters.gracefulShutdown() != null) {
      proto.setGracefulShutdownParameters(toProto(parameters.gracefulShutdown()));
    }
    if (parameters.sparkConnectorId() != null) {
      proto.setSparkParameters(
          SparkParameters.newBuilder().setConnectorId(parameters.sparkConnectorId()));
    }
    return proto.build();
  }

  /**
   * Reads parameters. It complains only about values that the domain cannot hold; the validator
   * checks the rest.
   */
  public static JobParameters toDomain(
      io.github.datasphere.proto.jobs.JobParameters proto, Violations at) {
    return new JobParameters(
        inputFiles(proto, at),
        proto.getOutputFilesList().stream().map(FileMapping::toDomain).toList(),
        proto.getS3MountIdsList(),
        proto.getDatasetIdsList(),
        proto.getCmd(),
        EnvironmentMapping.toDomain(proto.getEnv(), at.at("env")),
        proto.getAttachProjectDisk(),
        proto.getCloudInstanceTypesList().stream()
            .map(CloudInstanceType::getName)
            .toList(),
        proto.hasExtendedWorkingStorage()
            ? toDomain(proto.getExtendedWorkingStorage(), at.at("extended_working_storage"))
            : null,
        proto.getArgumentsList().stream()
            .map(argument -> new Argument(argument.getName(), argument.getValue()))
            .toList(),
        proto.getOutputDatasetsList().stream().map(DatasetMapping::toDomain).toList(),
        proto.hasGracefulShutdownParameters()
            ? toDomain(proto.getGracefulShutdownParameters(), at.at("graceful_shutdown_parameters"))
            : null,
        proto.hasSparkParameters() ? proto.getSparkParameters().getConnectorId() : null);
  }

  static CloudInstanceType instanceType(String name) {
    return CloudInstanceType.newBuilder().setName(name).build();
  }

  private static List<JobFile> inputFiles(
      io.github.datasphere.proto.jobs.JobParameters proto, Violations at) {
    var files = new ArrayList<JobFile>(proto.getInputFilesCount());
    for (var file : proto.getInputFilesList()) {
      files.add(FileMapping.toDomain(file, at.at("input_files", files.size())));
    }
    return files;
  }

  private static io.github.datasphere.proto.jobs.Argument toProto(Argument argument) {
    return io.github.datasphere.proto.jobs.Argument.newBuilder()
        .setName(argument.name())
        .setValue(argument.value())
        .build();
  }

  private static ExtendedWorkingStorage toProto(WorkingStorage storage) {
    var type = switch (storage.type()) {
      case UNSPECIFIED -> ExtendedWorkingStorage.StorageType.STORAGE_TYPE_UNSPECIFIED;
      case SSD -> ExtendedWorkingStorage.StorageType.SSD;
    };
    return ExtendedWorkingStorage.newBuilder()
        .setType(type)
        .setSizeGb(storage.sizeGb())
        .build();
  }

  private static WorkingStorage toDomain(ExtendedWorkingStorage storage, Violations at) {
    var type = switch (storage.getType()) {
      case STORAGE_TYPE_UNSPECIFIED -> WorkingStorage.Type.UNSPECIFIED;
      case SSD -> WorkingStorage.Type.SSD;
      case UNRECOGNIZED -> {
        at.at("type").add("has the unknown value " + storage.getTypeValue());
        yield WorkingStorage.Type.UNSPECIFIED;
      }
    };
    return new WorkingStorage(type, storage.getSizeGb());
  }

  private static GracefulShutdownParameters toProto(GracefulShutdown graceful) {
    var proto = GracefulShutdownParameters.newBuilder().setSignal(graceful.signal());
    if (graceful.timeout() != null) {
      proto.setTimeout(TimeMapping.toProto(graceful.timeout()));
    }
    return proto.build();
  }

  private static GracefulShutdown toDomain(GracefulShutdownParameters graceful, Violations at) {
    var timeout = graceful.hasTimeout()
        ? TimeMapping.toDomain(graceful.getTimeout(), at.at("timeout"))
        : null;
    var signal = (int) graceful.getSignal();
    at.at("signal")
        .require(signal == graceful.getSignal(), "is no signal: " + graceful.getSignal());
    return new GracefulShutdown(timeout, signal);
  }
}
