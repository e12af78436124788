package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.util.List;
import java.util.Map;

/**
 * An upper bound for how many bytes a job's texts take in the largest answer that holds them: the
 * job itself, or its operation (service-behaviour 3.1, 3.4). Outputs come back in several places:
 * as declared, as stored, as failed, in {@code status_details}, with a URL in the operation.
 */
final class JobWeight {
  private static final long PER_FIELD = 12;
  private static final long PER_FILE = 120;
  private static final long PER_URL = 1_024;
  private static final int TIMES_OUTPUT = 7;
  private static final int TIMES_DATASET = 3;

  private JobWeight() {}

  static long of(JobParameters parameters) {
    return texts(parameters.s3MountIds())
        + texts(parameters.datasetIds())
        + texts(parameters.instanceTypes())
        + text(parameters.cmd())
        + files(parameters.uploads())
        + outputs(parameters)
        + arguments(parameters.arguments())
        + environment(parameters.env())
        + (parameters.sparkConnectorId() == null ? 0 : text(parameters.sparkConnectorId()));
  }

  static long text(String text) {
    return PER_FIELD + Text.utf8Length(text);
  }

  private static long texts(List<String> texts) {
    return texts.stream().mapToLong(JobWeight::text).sum();
  }

  private static long texts(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToLong(entry -> text(entry.getKey()) + text(entry.getValue()))
        .sum();
  }

  private static long files(List<JobFile> files) {
    return files.stream()
        .mapToLong(file -> desc(file.desc()) + PER_FILE + PER_URL)
        .sum();
  }

  private static long desc(FileDesc desc) {
    return text(desc.path()) + text(desc.var());
  }

  private static long outputs(JobParameters parameters) {
    long files = 0;
    for (var output : parameters.outputFiles()) {
      files += TIMES_OUTPUT * desc(output) + PER_FILE + PER_URL;
    }
    long datasets = 0;
    for (var dataset : parameters.outputDatasets()) {
      datasets += text(dataset.name())
          + text(dataset.description())
          + texts(dataset.labels())
          + text(dataset.var());
    }
    return files + TIMES_DATASET * datasets;
  }

  private static long arguments(List<Argument> arguments) {
    return arguments.stream()
        .mapToLong(argument -> text(argument.name()) + text(argument.value()))
        .sum();
  }

  private static long environment(Environment env) {
    long python = 0;
    if (env.python() != null) {
      var pip = env.python().pip();
      python = text(env.python().condaYaml())
          + text(env.python().version())
          + texts(env.python().requirements())
          + text(pip.indexUrl())
          + texts(pip.extraIndexUrls())
          + texts(pip.trustedHosts());
    }
    return texts(env.vars()) + python + image(env);
  }

  private static long image(Environment env) {
    if (env.image() instanceof DockerImage.Resource resource) {
      return text(resource.id());
    }
    if (env.image() instanceof DockerImage.Registry registry) {
      long password = registry.password() instanceof DockerImage.Password.Secret secret
          ? text(secret.name())
          : PER_FIELD;
      return text(registry.url()) + text(registry.username()) + password;
    }
    return 0;
  }
}
