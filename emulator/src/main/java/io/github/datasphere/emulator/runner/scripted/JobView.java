package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A job as the author of a test sees it. */
public class JobView {
  private final Job job;

  JobView(Job job) {
    this.job = job;
  }

  public String id() {
    return job.id().value();
  }

  public String projectId() {
    return job.projectId().value();
  }

  public String name() {
    return job.submission().name();
  }

  public String description() {
    return job.submission().desc();
  }

  /** The command as the client sent it, variables not yet replaced. */
  public String cmd() {
    return job.parameters().cmd();
  }

  /** Arguments by name. */
  public Map<String, String> arguments() {
    return job.parameters().arguments().stream()
        .collect(Collectors.toMap(Argument::name, Argument::value));
  }

  /** Environment variables of the job. */
  public Map<String, String> environment() {
    return job.parameters().env().vars();
  }

  public List<String> instanceTypes() {
    return job.parameters().instanceTypes();
  }

  /** Paths of the inputs, or their variables where they have no path. */
  public List<String> inputs() {
    return job.parameters().inputFiles().stream()
        .map(file -> file.desc().label())
        .toList();
  }

  @Override
  public String toString() {
    return "job " + id() + " (name '" + name() + "', cmd '" + cmd() + "')";
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
