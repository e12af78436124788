package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A job as a test's code sees it while it runs: what came in, and ways to answer. */
public final class ScriptedJob extends JobView {
  private final FileStore files;
  private final Map<String, String> secrets;
  private final RunOutput run;

  ScriptedJob(Job job, FileStore files, Map<String, String> secrets, RunOutput run) {
    super(job);
    this.files = files;
    this.secrets = secrets;
    this.run = run;
  }

  /**
   * Returns the content of an input as it was uploaded.
   *
   * @param path its path, or its variable
   * @throws IllegalArgumentException if the job has no such input
   */
  public byte[] input(String path) throws IOException {
    var key = new FileKey(job().projectId(), inputFile(path).sha256());
    try (var content = files.open(key, 0)) {
      return content.readAllBytes();
    }
  }

  /**
   * Returns the secrets of the project and the job's own variables, which override them
   * (service-behaviour 4.11).
   */
  @Override
  public Map<String, String> environment() {
    var all = new HashMap<>(secrets);
    all.putAll(super.environment());
    return all;
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
}
