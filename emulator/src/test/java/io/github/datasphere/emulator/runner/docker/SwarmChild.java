package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerChild;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runner of a swarm with jobs, as the main class of a {@link RunnerChild}. */
final class SwarmChild {
  private SwarmChild() {}

  /** Runs one command in several jobs, whose logs are kept in the folder. */
  static RunnerChild start(Path folder, String owner, String cmd, List<String> jobs)
      throws IOException {
    var arguments = new ArrayList<>(List.of(folder.toString(), owner, cmd));
    arguments.addAll(jobs);
    return RunnerChild.start(SwarmChild.class, List.of(), arguments);
  }

  public static void main(String[] arguments) throws InterruptedException, DockerEngineException {
    var folder = Path.of(arguments[0]);
    var image = RealEngine.image();
    var settings = new DockerSettings(
        folder.resolve("docker"),
        Durability.LEFT_AT_CLOSE,
        new Ownership(arguments[1]),
        JobResources.within(folder),
        new JobImages(Map.of(), Map.of(), image, ImagePull.Policy.NEVER, Optional.empty()),
        job -> new JobSize(0.5, 64L << 20, 0, 0, "some", false),
        Map.of());
    var jobs = List.of(arguments).subList(3, arguments.length);
    var runner = SwarmRunner.start(
        RealSwarm.engines(),
        new SwarmRunner.Choices(false, 1 << 30),
        settings,
        RunnerChild.ports(folder),
        RunnerChild::tell);
    jobs.forEach(job -> runner.run(TestJobs.job(arguments[2]).id(job).build()));
    runner.sweep(job -> jobs.contains(job.value()));
    Thread.currentThread().join();
  }
}
