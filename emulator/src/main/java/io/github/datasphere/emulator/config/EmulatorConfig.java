package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import java.nio.file.Path;

/** Everything that can be set about one emulator; {@link ConfigSources#load} reads it. */
public record EmulatorConfig(
    NetworkConfig network,
    StorageConfig storage,
    AccessConfig access,
    ProjectsConfig projects,
    ResourcesConfig resources,
    JobsConfig jobs,
    LogLevel logLevel) {

  /**
   * Returns the configuration of a server on the standard ports that keeps nothing on disk after
   * its end.
   */
  public static EmulatorConfig defaults() {
    return new EmulatorConfig(
        NetworkConfig.defaults(),
        StorageConfig.defaults(),
        AccessConfig.defaults(),
        ProjectsConfig.defaults(),
        ResourcesConfig.defaults(),
        JobsConfig.defaults(),
        LogLevel.INFO);
  }

  /**
   * Returns the same configuration with free ports, so that any number of emulators can run side by
   * side.
   */
  public static EmulatorConfig onFreePorts() {
    return defaults().with(NetworkConfig.onFreePorts());
  }

  public EmulatorConfig with(NetworkConfig changed) {
    return new EmulatorConfig(changed, storage, access, projects, resources, jobs, logLevel);
  }

  public EmulatorConfig with(StorageConfig changed) {
    return new EmulatorConfig(network, changed, access, projects, resources, jobs, logLevel);
  }

  public EmulatorConfig with(AccessConfig changed) {
    return new EmulatorConfig(network, storage, changed, projects, resources, jobs, logLevel);
  }

  public EmulatorConfig with(ProjectsConfig changed) {
    return new EmulatorConfig(network, storage, access, changed, resources, jobs, logLevel);
  }

  public EmulatorConfig with(ResourcesConfig changed) {
    return new EmulatorConfig(network, storage, access, projects, changed, jobs, logLevel);
  }

  public EmulatorConfig with(JobsConfig changed) {
    return new EmulatorConfig(network, storage, access, projects, resources, changed, logLevel);
  }

  public EmulatorConfig with(LogLevel changed) {
    return new EmulatorConfig(network, storage, access, projects, resources, jobs, changed);
  }

  /** Keeps jobs and files in this folder, so that they outlive the emulator. */
  public EmulatorConfig inDataDir(Path folder) {
    return with(storage.inDataDir(folder));
  }

  static EmulatorConfig read(Fields fields, EmulatorConfig base) {
    return new EmulatorConfig(
        NetworkConfig.read(fields, base.network),
        StorageConfig.read(fields, base.storage),
        AccessConfig.read(fields, base.access),
        ProjectsConfig.read(fields, base.projects),
        ResourcesConfig.read(fields, base.resources),
        JobsConfig.read(fields, base.jobs),
        fields.read("log-level", base.logLevel, value -> value.oneOf(LogLevel.class)));
  }
}
