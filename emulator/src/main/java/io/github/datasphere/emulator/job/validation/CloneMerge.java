package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The parameters of a clone: those of its source, with some replaced (service-behaviour 6.8,
 * 10.22). For a field that cannot be replaced, the override has to be unset or equal to the
 * source's, so that no wish of a client is dropped silently.
 */
public final class CloneMerge {
  private static final String FIELD = "job_parameters_overrides";

  private final JobParameters source;
  private final JobParameters overrides;
  private final Violations at;

  private CloneMerge(JobParameters source, JobParameters overrides, List<FieldViolation> out) {
    this.source = source;
    this.overrides = overrides;
    this.at = new Violations(FIELD, out);
  }

  /**
   * Merges; the result still has to be validated.
   *
   * @param violations receives what is wrong with the overrides; if there is anything, the result
   *     must not be used
   */
  public static JobParameters merge(
      JobParameters source, JobParameters overrides, List<FieldViolation> violations) {
    var merge = new CloneMerge(source, overrides, violations);
    merge.refuseFixed();
    return merge.merged();
  }

  /**
   * Names the environment variables that the source has and its clone does not: variables in the
   * request replace all of the source's (service-behaviour 6.8).
   */
  public static List<String> droppedVariables(JobParameters source, JobParameters clone) {
    var kept = clone.env().vars().keySet();
    return source.env().vars().keySet().stream()
        .filter(name -> !kept.contains(name))
        .sorted()
        .toList();
  }

  private JobParameters merged() {
    return new JobParameters(
        replace("input_files", source.inputFiles(), overrides.inputFiles(), JobFile::desc),
        replace("output_files", source.outputFiles(), overrides.outputFiles(), desc -> desc),
        source.s3MountIds(),
        source.datasetIds(),
        source.cmd(),
        environment(),
        source.attachProjectDisk(),
        overrides.instanceTypes().isEmpty() ? source.instanceTypes() : overrides.instanceTypes(),
        overrides.workingStorage() == null ? source.workingStorage() : overrides.workingStorage(),
        arguments(),
        source.outputDatasets(),
        source.gracefulShutdown(),
        source.sparkConnectorId());
  }

  private Environment environment() {
    var env = overrides.env();
    return new Environment(
        env.vars().isEmpty() ? source.env().vars() : env.vars(),
        env.image() == null ? source.env().image() : env.image(),
        source.env().python());
  }

  /** Replaces files by their variable; a file without one by its path. */
  private <T> List<T> replace(
      String field, List<T> from, List<T> with, Function<T, FileDesc> descOf) {
    var merged = new ArrayList<>(from);
    for (int i = 0; i < with.size(); i++) {
      var desc = descOf.apply(with.get(i));
      int index = indexOf(from, descOf, desc);
      if (index < 0) {
        at.at(field, i)
            .add("the source job has no such file to replace: " + Text.quote(desc.label()));
      } else {
        merged.set(index, with.get(i));
      }
    }
    return merged;
  }

  private static <T> int indexOf(List<T> files, Function<T, FileDesc> descOf, FileDesc wanted) {
    for (int i = 0; i < files.size(); i++) {
      var desc = descOf.apply(files.get(i));
      var isIt = wanted.hasVar()
          ? desc.var().equals(wanted.var())
          : !desc.hasVar() && desc.path().equals(wanted.path());
      if (isIt) {
        return i;
      }
    }
    return -1;
  }

  private List<Argument> arguments() {
    var merged = new ArrayList<>(source.arguments());
    for (int i = 0; i < overrides.arguments().size(); i++) {
      var argument = overrides.arguments().get(i);
      var known = source.arguments().stream().map(Argument::name).toList();
      int index = known.indexOf(argument.name());
      if (index < 0) {
        at.at("arguments", i)
            .at("name")
            .add("the source job has no argument " + Text.quote(argument.name()));
      } else {
        merged.set(index, argument);
      }
    }
    return merged;
  }

  private void refuseFixed() {
    fixed("s3_mount_ids", overrides.s3MountIds().isEmpty(), JobParameters::s3MountIds);
    fixed("dataset_ids", overrides.datasetIds().isEmpty(), JobParameters::datasetIds);
    fixed("cmd", overrides.cmd().isEmpty(), JobParameters::cmd);
    fixed("env.python_env", overrides.env().python() == null, p -> p.env().python());
    fixed("attach_project_disk", !overrides.attachProjectDisk(), JobParameters::attachProjectDisk);
    fixed("output_datasets", overrides.outputDatasets().isEmpty(), JobParameters::outputDatasets);
    fixed(
        "graceful_shutdown_parameters",
        overrides.gracefulShutdown() == null,
        JobParameters::gracefulShutdown);
    fixed(
        "spark_parameters", overrides.sparkConnectorId() == null, JobParameters::sparkConnectorId);
  }

  private void fixed(String field, boolean isUnset, Function<JobParameters, ?> value) {
    at.at(field)
        .require(
            isUnset || Objects.equals(value.apply(overrides), value.apply(source)),
            "cannot be changed in a clone; leave it unset");
  }
}
