package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where jobs and files are kept.
 *
 * @param dataDir outlives the emulator; empty for a temporary folder that dies with it
 * @param kind what keeps uploaded and produced files
 * @param minio the S3 endpoint of {@link StorageKind#MINIO}
 * @param urls how long file URLs live
 */
public record StorageConfig(
    Optional<Path> dataDir, StorageKind kind, MinioConfig minio, UrlLifetimes urls) {

  public static StorageConfig defaults() {
    return new StorageConfig(
        Optional.empty(), StorageKind.LOCAL, MinioConfig.defaults(), UrlLifetimes.defaults());
  }

  public StorageConfig inDataDir(Path folder) {
    return new StorageConfig(Optional.of(folder), kind, minio, urls);
  }

  static StorageConfig read(Fields fields, StorageConfig base) {
    // The file may describe the endpoint while a flag still chooses the kind.
    var written = fields.readFromFile(
        "storage", base, value -> value.isScalar() ? base : base.described(value));
    return new StorageConfig(
        fields.read("data-dir", base.dataDir, value -> Optional.of(value.path())),
        fields.read(
            "storage",
            base.kind,
            value -> value.isScalar() ? value.oneOf(StorageKind.class) : written.kind),
        written.minio,
        fields.read("url-lifetime", base.urls, value -> UrlLifetimes.read(value, base.urls)));
  }

  private StorageConfig described(Value value) {
    var fields = Fields.of(value);
    var endpoint = fields.readIfThere("minio", inner -> MinioConfig.read(inner, minio));
    fields.end();
    return new StorageConfig(
        dataDir, endpoint.isPresent() ? StorageKind.MINIO : kind, endpoint.orElse(minio), urls);
  }
}
