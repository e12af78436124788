package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerChild;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The process runner with one job, as the main class of a {@link RunnerChild}. */
final class ChildEmulator {
  private ChildEmulator() {}

  /** Runs the job in the folder, where the log is kept, too. */
  static RunnerChild start(
      Path folder, Durability durability, String job, String cmd, String... jvmOptions)
      throws IOException {
    return RunnerChild.start(
        ChildEmulator.class,
        List.of(jvmOptions),
        List.of(folder.toString(), durability.name(), job, cmd));
  }

  public static void main(String[] arguments) throws InterruptedException {
    var folder = Path.of(arguments[0]);
    var settings = new ProcessSettings(
        folder.resolve("jobs"),
        Durability.valueOf(arguments[1]),
        JobResources.within(folder),
        System.getenv());
    var ports = RunnerChild.ports(folder);
    var runner = ProcessRunner.start(settings, ports, RunnerChild::tell);
    Job job = TestJobs.job(arguments[3]).id(arguments[2]).build();
    runner.run(job);
    Thread.currentThread().join();
  }
}
