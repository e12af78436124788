package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** A job as a test's code sees it while it runs: what came in, and ways to answer. */
public final class ScriptedJob {
  private final Job job;
  private final FileStore files;
  private final ScriptedRun run;

  ScriptedJob(Job job, FileStore files, ScriptedRun run) {
    this.job = job;
    this.files = files;
    this.run = run;
  }

  public String id() {
    return job.id().value();
  }

  public String name() {
    return job.submission().name();
  }

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

  /**
   * Content of an input as it was uploaded.
   *
   * @param path its path, or its variable
   * @throws IllegalArgumentException if the job has no such input
   */
  public byte[] input(String path) throws IOException {
    var file = find(path);
    try (var content = files.open(new FileKey(job.projectId(), file.sha256()), 0)) {
      return content.readAllBytes();
    }
  }

  public void stdout(String text) {
    run.print(LogSource.STDOUT, text);
  }

  public void stderr(String text) {
    run.print(LogSource.STDERR, text);
  }

  /** Leaves a file, see {@link Script#writes(String, byte[])}. */
  public void writes(String path, byte[] content) {
    run.write(path, content.clone());
  }

  /** Ends the job with this code once the test's code has returned. */
  public void exits(int code) {
    run.exitAfterAction(code);
  }

  private JobFile find(String path) {
    var inputs = job.parameters().inputFiles();
    return inputs.stream()
        .filter(file -> file.desc().path().equals(path) || file.desc().var().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "job " + id() + " has no input " + path + "; its inputs are "
                + inputs.stream().map(file -> file.desc().label()).toList()));
  }
}
