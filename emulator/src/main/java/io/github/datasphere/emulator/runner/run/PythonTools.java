package io.github.datasphere.emulator.runner.run;

import java.util.Map;

/**
 * How a Python environment is made in one place.
 *
 * @param venvScript shell script that makes the environment
 * @param advice for the user if the script fails; it follows "See system.log"
 * @param pipCache directory of downloads of pip, shared by jobs
 * @param environment variables of the script and of pip; they see neither variables nor secrets of
 *     the job
 */
public record PythonTools(
    String venvScript, String advice, String pipCache, Map<String, String> environment) {
  /** Quotes a word for the shell, whatever the word contains. */
  public static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
