package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerChild;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The docker runner with jobs, as the main class of a {@link RunnerChild}. */
final class DockerChild {
  private DockerChild() {}

  /**
   * Runs one command in several jobs, whose logs are kept in the folder.
   *
   * @param owner of the containers
   */
  static RunnerChild start(
      Path folder, Durability durability, String owner, String cmd, List<String> jobs)
      throws IOException {
    var arguments = new ArrayList<>(List.of(folder.toString(), durability.name(), owner, cmd));
    arguments.addAll(jobs);
    return RunnerChild.start(DockerChild.class, List.of(), arguments);
  }

  public static void main(String[] arguments) throws InterruptedException, DockerEngineException {
    var folder = Path.of(arguments[0]);
    var image = RealEngine.image();
    var settings = new DockerSettings(
        folder.resolve("docker"),
        Durability.valueOf(arguments[1]),
        new Ownership(arguments[2]),
        JobResources.within(folder),
        new JobImages(Map.of(), Map.of(), image, ImagePull.Policy.NEVER, Optional.empty()),
        job -> RealEngine.SMALL,
        Map.of());
    var ports = RunnerChild.ports(folder);
    var engine = DockerEngine.connect(System.getenv(), Duration.ofSeconds(20));
    var runner = DockerRunner.start(engine, settings, ports, RunnerChild::tell);
    for (int i = 4; i < arguments.length; i++) {
      runner.run(TestJobs.job(arguments[3]).id(arguments[i]).build());
    }
    Thread.currentThread().join();
  }
}
