package io.github.datasphere.emulator.runner.plan;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds where a job spells out {@code /job/...}, which is its directory only in a container, and
 * says what to write instead so that it runs anywhere.
 */
public final class SpelledPaths {
  private static final int MOST_NAMED = 5;

  /** Does not match a part of a longer path, such as {@code /home/job/x} or {@code $PWD/job}. */
  private static final Pattern SPELLED =
      Pattern.compile("(?<![\\w./)}$-])/job(?:/[^\\s\"'`;&|<>(){},:=]*)?(?![\\w-])");

  private final JobParameters parameters;
  private final SandboxPaths layout;
  private final Set<String> found = new LinkedHashSet<>();

  private SpelledPaths(JobParameters parameters, SandboxPaths layout) {
    this.parameters = parameters;
    this.layout = layout;
  }

  /**
   * Returns one sentence for all of them; empty if there are none, or if they are right where the
   * job runs.
   */
  public static Optional<String> warning(JobParameters parameters, SandboxPaths layout) {
    return layout.root().equals(SandboxPaths.CONTAINER_ROOT)
        ? Optional.empty()
        : new SpelledPaths(parameters, layout).find();
  }

  private Optional<String> find() {
    look(parameters.cmd(), "the command", true);
    parameters
        .arguments()
        .forEach(argument -> look(argument.value(), "the argument " + argument.name(), false));
    parameters.env().vars().forEach((name, value) -> look(value, "the variable " + name, false));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var more = found.size() > MOST_NAMED ? "; and " + (found.size() - MOST_NAMED) + " more" : "";
    return Optional.of(found.stream()
        .limit(MOST_NAMED)
        .collect(joining(
            "; ",
            "The job runs as a process of this machine, so " + layout.root() + " stands for /job: ",
            more)));
  }

  private void look(String text, String where, boolean isCommand) {
    var matcher = SPELLED.matcher(text);
    while (matcher.find()) {
      var path = matcher.group();
      found.add("instead of " + path + " in " + where + " write " + advice(path, isCommand));
    }
  }

  private String advice(String path, boolean isCommand) {
    var rest = path.equals(SandboxPaths.CONTAINER_ROOT)
        ? ""
        : path.substring(SandboxPaths.CONTAINER_ROOT.length() + 1);
    var named = variable(rest);
    if (named.isEmpty()) {
      return rest.isEmpty()
          ? ". or $PWD, where the command begins"
          : rest + ", which is relative to where the command begins";
    }
    return isCommand ? named.get() : "nothing, and hand over " + named.get() + " in the command";
  }

  /** Returns the variable of the command for this path, and the rest of the path after it. */
  private Optional<String> variable(String rest) {
    if (parameters.attachProjectDisk() && isBelow(rest, "project")) {
      return Optional.of(reference(JobVariables.PROJECT_HOME, rest, "project"));
    }
    return Stream.concat(
            parameters.s3MountIds().stream().map(id -> new Named(id, "s3/" + id)),
            Stream.concat(
                parameters.datasetIds().stream().map(id -> new Named(id, "datasets/" + id)),
                files().filter(FileDesc::hasVar).map(file -> new Named(file.var(), file.path()))))
        .filter(named -> isBelow(rest, named.path()))
        .findFirst()
        .map(named -> reference(named.name(), rest, named.path()));
  }

  private Stream<FileDesc> files() {
    return Stream.concat(
        parameters.inputFiles().stream().map(JobFile::desc), parameters.outputFiles().stream());
  }

  private static boolean isBelow(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  private static String reference(String name, String path, String folder) {
    return "${" + name + "}" + path.substring(folder.length());
  }

  /** A variable of the command, and the path below the job's directory that it stands for. */
  private record Named(String name, String path) {}
}
