package io.github.datasphere.emulator.runner.run;

import java.util.Map;

/**
 * How a Python environment is made in one place.
 *
 * @param venvScript makes the environment, for the shell
 * @param advice to those for whom that fails, after "See system.log"
 * @param pipCache directory of downloads of pip, shared by jobs
 * @param environment of both: pip sees neither variables nor secrets of the job
 */
public record PythonTools(
    String venvScript, String advice, String pipCache, Map<String, String> environment) {
  /** A word as the shell takes it, whatever it holds. */
  public static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
