package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;

/** Datasets that a job fills (service-behaviour 4.21). */
final class DatasetMapping {
  private DatasetMapping() {}

  static io.github.datasphere.proto.jobs.OutputDataset toProto(OutputDataset dataset) {
    return io.github.datasphere.proto.jobs.OutputDataset.newBuilder()
        .setDesc(toProto(dataset.desc()))
        .setId(dataset.id())
        .build();
  }

  static io.github.datasphere.proto.jobs.OutputDatasetDesc toProto(OutputDatasetDesc desc) {
    return io.github.datasphere.proto.jobs.OutputDatasetDesc.newBuilder()
        .setName(desc.name())
        .setDescription(desc.description())
        .putAllLabels(desc.labels())
        .setSizeGb(desc.sizeGb())
        .setVar(desc.var())
        .build();
  }

  static OutputDatasetDesc toDomain(io.github.datasphere.proto.jobs.OutputDatasetDesc desc) {
    return new OutputDatasetDesc(
        desc.getName(),
        desc.getDescription(),
        desc.getLabelsMap(),
        desc.getSizeGb(),
        desc.getVar());
  }
}
