package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The projects that exist from the start.
 *
 * @param known by their ids
 * @param strict whether a project that is not there is NOT_FOUND instead of created on first use
 *     (service-behaviour 10.31)
 */
public record ProjectsConfig(Map<String, KnownProject> known, boolean strict) {
  public ProjectsConfig {
    known = Map.copyOf(known);
  }

  /**
   * One of them.
   *
   * @param name as ProjectService shows it; empty for its id
   * @param community the id of its community; empty for the emulator's own
   * @param disk folder that jobs see as the project's disk (service-behaviour 4.10); empty for one
   *     in the data directory
   */
  public record KnownProject(
      Optional<String> name, Optional<String> community, Optional<Path> disk) {}

  public static ProjectsConfig defaults() {
    return new ProjectsConfig(Map.of(), false);
  }

  static ProjectsConfig read(Fields fields, ProjectsConfig base) {
    return new ProjectsConfig(
        fields.read("projects", base.known, value -> Fields.map(value, ProjectsConfig::project)),
        fields.read("strict-projects", base.strict, Value::flag));
  }

  private static KnownProject project(Value value) {
    var fields = Fields.of(value);
    var name = fields.readIfThere("name", Value::text);
    var community = fields.readIfThere("community", Value::text);
    var disk = fields.readIfThere("disk", Value::folder);
    fields.end();
    return new KnownProject(name, community, disk);
  }
}
