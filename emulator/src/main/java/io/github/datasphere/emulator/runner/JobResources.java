package io.github.datasphere.emulator.runner;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration provides for jobs beside their own files (service-behaviour 10.32).
 *
 * @param secrets values by name (4.11)
 * @param serviceAgentToken the token of the community's service agent, null if there is none (4.12)
 * @param spark connections by the id of their connector; other ids get
 *     {@link SparkConnection#LOCAL}
 */
public record JobResources(
    Map<String, String> secrets,
    Folders folders,
    @Nullable String serviceAgentToken,
    Map<String, SparkConnection> spark,
    JobLimits limits) {

  public JobResources {
    secrets = Map.copyOf(secrets);
    spark = Map.copyOf(spark);
  }

  /**
   * Returns resources without any configured ones. Data that jobs leave for later jobs goes below
   * {@code folder}.
   */
  public static JobResources within(Path folder) {
    return new JobResources(
        Map.of(),
        new Folders(
            Map.of(),
            Map.of(),
            Map.of(),
            folder.resolve("project-disks"),
            folder.resolve("datasets"),
            folder.resolve("pip-cache")),
        null,
        Map.of(),
        JobLimits.STANDARD);
  }

  /** Shows names only, no secret. */
  @Override
  public String toString() {
    return "JobResources[secrets=" + secrets.keySet() + ", folders=" + folders + "]";
  }

  /**
   * Folders of this machine. Those for the data that jobs leave are made when they are first
   * needed.
   *
   * @param datasets datasets that jobs read, by dataset id (4.9)
   * @param s3Connectors folders by connector id (4.8)
   * @param ownDisks disks of single projects by project id (4.10)
   * @param projectDisks holds a folder for each other project
   * @param outputDatasets holds a folder for each dataset that a job made, named by its id (4.21)
   * @param pipCache downloads of pip, shared by all jobs
   */
  public record Folders(
      Map<String, Path> datasets,
      Map<String, S3Folder> s3Connectors,
      Map<String, Path> ownDisks,
      Path projectDisks,
      Path outputDatasets,
      Path pipCache) {
    public Folders {
      datasets = Map.copyOf(datasets);
      s3Connectors = Map.copyOf(s3Connectors);
      ownDisks = Map.copyOf(ownDisks);
    }
  }

  /** A folder that stands for the bucket of an S3 connector. */
  public record S3Folder(Path path, boolean writable) {}
}
