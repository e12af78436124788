package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.StorageFile;
import java.net.URI;

/** Files and where they stand. */
public final class FileMapping {
  private FileMapping() {}

  public static File toProto(JobFile file) {
    return File.newBuilder()
        .setDesc(toProto(file.desc()))
        .setSha256(file.sha256())
        .setSizeBytes(file.sizeBytes())
        .setCompressionType(toProto(file.compression()))
        .build();
  }

  /** The file is echoed unchanged: clients find their own file by it (service-behaviour 2.6). */
  public static StorageFile toProto(JobFile file, URI url) {
    return StorageFile.newBuilder()
        .setFile(toProto(file))
        .setUrl(url.toString())
        .build();
  }

  public static JobFile toDomain(File file, Violations at) {
    return new JobFile(
        toDomain(file.getDesc()),
        file.getSha256(),
        file.getSizeBytes(),
        toDomain(file.getCompressionType(), file.getCompressionTypeValue(), at));
  }

  static io.github.datasphere.proto.jobs.FileDesc toProto(FileDesc desc) {
    return io.github.datasphere.proto.jobs.FileDesc.newBuilder()
        .setPath(desc.path())
        .setVar(desc.var())
        .build();
  }

  static FileDesc toDomain(io.github.datasphere.proto.jobs.FileDesc desc) {
    return new FileDesc(desc.getPath(), desc.getVar());
  }

  private static FileCompressionType toProto(Compression compression) {
    return switch (compression) {
      case UNSPECIFIED -> FileCompressionType.FILE_COMPRESSION_TYPE_UNSPECIFIED;
      case NONE -> FileCompressionType.NONE;
      case ZIP -> FileCompressionType.ZIP;
    };
  }

  private static Compression toDomain(FileCompressionType type, int number, Violations at) {
    return switch (type) {
      case FILE_COMPRESSION_TYPE_UNSPECIFIED -> Compression.UNSPECIFIED;
      case NONE -> Compression.NONE;
      case ZIP -> Compression.ZIP;
      case UNRECOGNIZED -> {
        at.at("compression_type").add("has the unknown value " + number);
        yield Compression.UNSPECIFIED;
      }
    };
  }
}
