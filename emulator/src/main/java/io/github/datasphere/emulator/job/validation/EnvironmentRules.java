package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a job may ask of its environment and its machine (service-behaviour 2.11 to 2.16). */
final class EnvironmentRules {
  private static final Pattern PYTHON_VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");

  /** Left open, SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGTERM. */
  private static final Set<Integer> SIGNALS = Set.of(0, 1, 2, 10, 12, 15);

  private EnvironmentRules() {}

  static void check(Violations at, JobParameters parameters) {
    var env = at.at("env");
    parameters.env().vars().forEach((name, value) -> checkVariable(env, name, value));
    checkImage(env, parameters);
    if (parameters.env().python() != null) {
      checkPython(env.at("python_env"), parameters.env().python());
    }
    checkInstanceTypes(at, parameters.instanceTypes());
    if (parameters.workingStorage() != null) {
      checkStorage(at.at("extended_working_storage"), parameters.workingStorage());
    }
    if (parameters.gracefulShutdown() != null) {
      checkGrace(at.at("graceful_shutdown_parameters"), parameters.gracefulShutdown());
    }
    if (parameters.sparkConnectorId() != null) {
      TextRules.checkGiven(
          at.at("spark_parameters").at("connector_id"), parameters.sparkConnectorId());
    }
  }

  private static void checkVariable(Violations env, String name, String value) {
    var field = env.at("vars", name);
    if (field.require(
        !name.isEmpty() && name.indexOf('=') < 0,
        "the name of an environment variable must not be empty or hold \"=\"")) {
      TextRules.check(field, name + value);
    }
  }

  private static void checkImage(Violations env, JobParameters parameters) {
    var image = parameters.env().image();
    if (image instanceof DockerImage.Resource resource) {
      TextRules.checkGiven(env.at("docker_image_resource_id"), resource.id());
    } else if (image instanceof DockerImage.Registry registry) {
      var spec = env.at("docker_image_spec");
      TextRules.checkGiven(spec.at("image_url"), registry.url());
      TextRules.check(spec.at("username"), registry.username());
      checkPassword(spec, registry);
    }
    // service-behaviour 4.15
    env.require(
        image == null || parameters.sparkConnectorId() == null,
        "a Spark job must not change the image; leave either it or spark_parameters out");
  }

  private static void checkPassword(Violations spec, DockerImage.Registry registry) {
    if (registry.password() instanceof DockerImage.Password.Secret secret) {
      TextRules.checkGiven(spec.at("password_ds_secret_name"), secret.name());
    } else if (registry.password() instanceof DockerImage.Password.Plain plain) {
      TextRules.check(spec.at("password_plain_text"), plain.text());
    }
  }

  private static void checkPython(Violations at, PythonEnv python) {
    TextRules.check(at.at("conda_yaml"), python.condaYaml());
    at.at("python_version")
        .require(
            python.version().isEmpty()
                || PYTHON_VERSION.matcher(python.version()).matches(),
            "must be a version such as 3.10: " + Text.quote(python.version()));
    checkTexts(at, "requirements", python.requirements());
    var pip = at.at("pip_options");
    TextRules.check(pip.at("index_url"), python.pip().indexUrl());
    checkTexts(pip, "extra_index_urls", python.pip().extraIndexUrls());
    checkTexts(pip, "trusted_hosts", python.pip().trustedHosts());
  }

  private static void checkTexts(Violations at, String list, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      TextRules.check(at.at(list, i), texts.get(i));
    }
  }

  private static void checkInstanceTypes(Violations at, List<String> names) {
    var list = at.at("cloud_instance_types");
    if (!list.require(!names.isEmpty(), "must name at least one instance type, such as c1.4")
        || !FileRules.checkCount(list, names.size(), Limits.LIST_ENTRIES)) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      TextRules.checkGiven(at.at("cloud_instance_types", i).at("name"), names.get(i));
    }
  }

  private static void checkStorage(Violations at, WorkingStorage storage) {
    at.at("size_gb")
        .require(
            storage.sizeGb() >= Limits.MIN_STORAGE_GB && storage.sizeGb() <= Limits.MAX_STORAGE_GB,
            "must be "
                + Limits.MIN_STORAGE_GB
                + " to "
                + Limits.MAX_STORAGE_GB
                + " (GiB): "
                + storage.sizeGb());
  }

  private static void checkGrace(Violations at, GracefulShutdown graceful) {
    at.at("signal")
        .require(
            SIGNALS.contains(graceful.signal()),
            "must be 1 (SIGHUP), 2 (SIGINT), 10 (SIGUSR1), 12 (SIGUSR2) or 15 (SIGTERM): "
                + graceful.signal());
    var timeout = graceful.timeout();
    at.at("timeout")
        .require(
            timeout == null || (!timeout.isNegative() && timeout.compareTo(Limits.MAX_GRACE) <= 0),
            "must be 0 to " + Limits.MAX_GRACE.toSeconds() + " seconds");
  }
}
