package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A job as the author of a test sees it. */
public class JobView {
  private final Job job;

  /** What was asked for, with the answers; null if this is not recorded. */
  private final @Nullable Map<String, Object> looks;

  JobView(Job job) {
    this(job, null);
  }

  private JobView(Job job, @Nullable Map<String, Object> looks) {
    this.job = job;
    this.looks = looks;
  }

  /** Notes what is asked of it, so that a predicate's answer can be explained. */
  static JobView noting(Job job, Map<String, Object> looks) {
    return new JobView(job, looks);
  }

  public String id() {
    return look("id", job.id().value());
  }

  public String projectId() {
    return look("projectId", job.projectId().value());
  }

  public String name() {
    return look("name", job.submission().name());
  }

  public String description() {
    return look("description", job.submission().desc());
  }

  /** Returns the command as the client sent it; variables are not replaced yet. */
  public String cmd() {
    return look("cmd", job.parameters().cmd());
  }

  /** Returns the arguments by name. */
  public Map<String, String> arguments() {
    var arguments = job.parameters().arguments().stream()
        .collect(Collectors.toMap(Argument::name, Argument::value));
    return look("arguments", arguments);
  }

  /** Returns the environment variables of the job. */
  public Map<String, String> environment() {
    return look("environment", job.parameters().env().vars());
  }

  public List<String> instanceTypes() {
    return look("instanceTypes", job.parameters().instanceTypes());
  }

  /** Returns the paths of the inputs, or the variables of those that have no path. */
  public List<String> inputs() {
    var inputs =
        job.parameters().inputFiles().stream().map(file -> file.desc().label()).toList();
    return look("inputs", inputs);
  }

  private <T> T look(String property, T value) {
    if (looks != null) {
      looks.put(property, value);
    }
    return value;
  }

  @Override
  public String toString() {
    return "job " + job.id() + " (name '" + job.submission().name() + "', cmd '"
        + job.parameters().cmd() + "')";
  }

  Job job() {
    return job;
  }

  JobFile inputFile(String path) {
    return job.parameters().inputFiles().stream()
        .filter(file -> file.desc().path().equals(path) || file.desc().var().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            this + " has no input " + path + "; its inputs are " + inputs()));
  }
}
