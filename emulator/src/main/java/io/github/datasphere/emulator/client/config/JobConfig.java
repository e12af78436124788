package io.github.datasphere.emulator.client.config;

import io.github.datasphere.proto.jobs.JobParameters;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job configuration, read and checked.
 *
 * @param text the file as it stands, with plain line ends; sent along with the job
 * @param folder what relative paths start from
 * @param name empty if not given
 * @param description empty if not given
 * @param parameters all of the job's parameters but input files and the Python environment
 * @param inputs files and folders to send, main scripts of Python included (service-behaviour 2.10)
 * @param python null without a section {@code env.python}
 * @param fields where in the file each field of the request comes from
 */
public record JobConfig(
    String text,
    Path folder,
    String name,
    String description,
    JobParameters parameters,
    List<InputPath> inputs,
    @Nullable PythonConfig python,
    FieldPlaces fields) {
  public JobConfig {
    inputs = List.copyOf(inputs);
  }

  /** Whether a first cancel asks the program to end by itself (service-behaviour 6.3). */
  public boolean cancelsGracefully() {
    return parameters.hasGracefulShutdownParameters();
  }
}
