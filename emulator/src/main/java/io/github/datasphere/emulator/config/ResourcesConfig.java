package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.config.reading.Value;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a real project has and a job can use: secrets, datasets, S3 connectors (service-behaviour
 * 4.8, 4.9, 4.11, 10.32).
 *
 * @param secrets texts by name; each becomes an environment variable of every job
 * @param datasets folders by dataset id
 * @param s3Connectors folders by connector id
 */
public record ResourcesConfig(
    Map<String, Secret> secrets,
    Map<String, Path> datasets,
    Map<String, S3Connector> s3Connectors) {
  public ResourcesConfig {
    secrets = Map.copyOf(secrets);
    datasets = Map.copyOf(datasets);
    s3Connectors = Map.copyOf(s3Connectors);
  }

  /**
   * A folder that stands for a bucket.
   *
   * @param path what jobs see as the bucket
   * @param writable whether jobs can write there
   */
  public record S3Connector(Path path, boolean writable) {}

  private enum Mode {
    RO,
    RW
  }

  public static ResourcesConfig defaults() {
    return new ResourcesConfig(Map.of(), Map.of(), Map.of());
  }

  static ResourcesConfig read(Fields fields, ResourcesConfig base) {
    return new ResourcesConfig(
        fields.read("secrets", base.secrets, value -> Fields.map(value, Fields::secret)),
        fields.read("datasets", base.datasets, value -> Fields.map(value, Value::folder)),
        fields.read(
            "s3-connectors",
            base.s3Connectors,
            value -> Fields.map(value, ResourcesConfig::connector)));
  }

  private static S3Connector connector(Value value) {
    var fields = Fields.of(value);
    var path = fields.require("path", Value::folder);
    var mode = fields.read("mode", Mode.RO, v -> v.oneOf(Mode.class));
    fields.end();
    return new S3Connector(path, mode == Mode.RW);
  }
}
