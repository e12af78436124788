package io.github.datasphere.emulator.client;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run, where, and with which token.
 *
 * @param config the job configuration file
 * @param workingDirectory where relative paths of the configuration start, as the official client
 *     takes them from its own working directory (service-behaviour 9.5); if a file that the
 *     configuration names is missing there but all are beside the configuration, that folder is
 *     taken instead
 * @param projectId project to create the job in
 * @param token sent as {@code Bearer} with each call
 * @param logDirectory where the log files go; null for a new folder in the system's temporary one
 * @param environment variables that {@code env.vars} may copy, and the {@code PATH} to find
 *     programs on
 * @param links start of the job link, scheme and host
 */
public record RunOptions(
    Path config,
    Path workingDirectory,
    String projectId,
    String token,
    @Nullable Path logDirectory,
    Map<String, String> environment,
    String links) {
  /** Taken unless told otherwise: has the form of a project id and is created on first use. */
  public static final String DEFAULT_PROJECT = "bt1localproject00000";

  private static final String DEFAULT_LINKS = "https://datasphere.yandex.cloud";

  public RunOptions {
    environment = Map.copyOf(environment);
  }

  /** Options with defaults for all but the file, the folder and the caller's variables. */
  public static RunOptions of(Path config, Path workingDirectory, Map<String, String> environment) {
    return new RunOptions(
        config, workingDirectory, DEFAULT_PROJECT, "local", null, environment, DEFAULT_LINKS);
  }

  public RunOptions withProjectId(String id) {
    return new RunOptions(config, workingDirectory, id, token, logDirectory, environment, links);
  }

  public RunOptions withToken(String newToken) {
    return new RunOptions(
        config, workingDirectory, projectId, newToken, logDirectory, environment, links);
  }

  public RunOptions withLogDirectory(Path folder) {
    return new RunOptions(config, workingDirectory, projectId, token, folder, environment, links);
  }

  /** Leaves out the token, which may be a real one. */
  @Override
  public String toString() {
    return "RunOptions[config=" + config + ", projectId=" + projectId + "]";
  }
}
