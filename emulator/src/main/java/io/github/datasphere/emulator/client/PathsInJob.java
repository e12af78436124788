package io.github.datasphere.emulator.client;

import io.github.datasphere.emulator.base.PurePath;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.client.config.FieldPlaces;
import io.github.datasphere.emulator.client.config.InputPath;
import io.github.datasphere.emulator.client.config.JobConfig;
import io.github.datasphere.emulator.client.yaml.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The places of the files that the job gets: inputs at their paths, the user's own Python code by
 * its last name (service-behaviour 4.2, 4.4), so that what is apart here may meet there.
 */
final class PathsInJob {
  private static final FieldPlaces.Place NOWHERE = new FieldPlaces.Place(1, "env.python");

  private final JobConfig config;
  private final Path file;

  /** @param file the configuration, as messages name it */
  PathsInJob(JobConfig config, Path file) {
    this.config = config;
    this.file = file;
  }

  /** What meets there, and whose files stay where two have one name. */
  List<Problem> meetings(List<String> localModules) {
    var meetings = new ArrayList<Problem>();
    var modules = new LinkedHashMap<String, String>();
    for (var module : localModules) {
      var name = PurePath.of(module).name();
      var before = modules.put(name, module);
      if (before != null && !isSame(before, module)) {
        meetings.add(meeting(before, module, name));
      }
    }
    modules.forEach((name, module) -> config.inputs().stream()
        .filter(input -> input.var().isEmpty() && isWithin(input, name))
        .filter(input -> !isSame(name, module))
        .forEach(input -> meetings.add(meeting(input.path(), module, name))));
    return meetings;
  }

  private Problem meeting(String first, String second, String name) {
    var place =
        config.fields().find("job_parameters.env.python_env.local_modules").orElse(NOWHERE);
    return new Problem(
        file + ":" + place.line(),
        place.key(),
        "`" + first + "` and `" + second + "` both come to lie at `" + name
            + "` in the job: of two files with one name that of `" + second + "` stays");
  }

  private static boolean isWithin(InputPath input, String name) {
    var path = PurePath.of(input.path()).text();
    return path.equals(name) || path.startsWith(name + "/");
  }

  private boolean isSame(String one, String other) {
    return Utf8Paths.resolve(config.folder(), one)
        .normalize()
        .equals(Utf8Paths.resolve(config.folder(), other).normalize());
  }
}
