package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.runner.JobResources;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of a job (service-behaviour 4.10 to 4.12). */
final class JobVariables {
  static final String PROJECT_HOME = "DS_PROJECT_HOME";

  /** Linux takes no longer variable; one byte is left for the end of the text. */
  private static final int LONGEST = 128 * 1024 - 1;

  /**
   * Linux takes 2 MB for all variables and its notes on each; the rest is for the variables of the
   * machine.
   */
  private static final int LONGEST_IN_ALL = 1536 * 1024;

  private final JobResources resources;
  private final SandboxPaths layout;

  JobVariables(JobResources resources, SandboxPaths layout) {
    this.resources = resources;
    this.layout = layout;
  }

  Map<String, String> of(JobParameters parameters) throws PreparationException {
    var variables = new LinkedHashMap<>(resources.secrets());
    variables.putAll(parameters.env().vars());
    variables.put("JOB_PROGRESS_FILENAME", layout.progressFile());
    if (parameters.attachProjectDisk()) {
      variables.put(PROJECT_HOME, Mounts.projectPath(layout));
    }
    if (resources.serviceAgentToken() != null) {
      variables.put("SA_TOKEN_FILENAME", JobTexts.tokenFile(layout));
    }
    if (parameters.sparkConnectorId() != null) {
      variables.put("JOB_DATAPROC_CONNECTION_CONFIG", JobTexts.sparkFile(layout));
    }
    long total = 0;
    for (var variable : variables.entrySet()) {
      total += checkedLength(variable.getKey(), variable.getValue());
    }
    if (total > LONGEST_IN_ALL) {
      throw new PreparationException(
          "The environment variables and secrets of the job are too long for a process ("
              + SizeText.text(total)
              + ", at most "
              + SizeText.text(LONGEST_IN_ALL)
              + "): pass some of them as input files.");
    }
    return variables;
  }

  private static int checkedLength(String name, String value) throws PreparationException {
    if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
      throw new PreparationException("The environment variable '"
          + name.replace("\0", "\\0")
          + "' cannot be set: its name must not be empty or hold '=', and neither name nor"
          + " value may hold a NUL character.");
    }
    var length = (name + "=" + value).getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new PreparationException("The environment variable "
          + name
          + " is too long for a process ("
          + length
          + " bytes, at most "
          + LONGEST
          + "): pass the value as an input file.");
    }
    return length;
  }
}
