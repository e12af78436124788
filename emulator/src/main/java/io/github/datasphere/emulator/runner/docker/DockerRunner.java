package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.docker.cache.InputCache;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.PipCache;
import io.github.datasphere.emulator.runner.run.ExecutionBackend;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import io.github.datasphere.emulator.runner.run.Runs;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each job in a container of its own. */
public final class DockerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(DockerRunner.class);

  private DockerRunner() {}

  /**
   * Makes the runner, which is ready at once.
   *
   * @param engine is closed with the runner
   */
  public static JobRunner start(
      DockerEngine engine, DockerSettings settings, RunnerPorts ports, RunnerEvents events) {
    var parts =
        RunnerParts.of("docker", ports, events, settings.resources(), settings.durability());
    LOG.info("Jobs run in containers of the engine at {}", engine.facts().place());
    var cache = new InputCache(settings.ownership(), 0);
    return new Runs(backend(engine, settings, parts, cache), parts);
  }

  /**
   * Makes the backend of one engine, for a runner that has several.
   *
   * @param engine is closed with the backend
   * @param cache of this engine, which outlives the backend
   */
  public static ExecutionBackend backend(
      DockerEngine engine, DockerSettings settings, RunnerParts parts, InputCache cache) {
    return new DockerBackend(new DockerRunContext(
        parts,
        engine,
        new Images(engine),
        settings,
        new PipCache(engine, settings.ownership()),
        cache,
        ConcurrentHashMap.newKeySet(),
        ConcurrentHashMap.newKeySet()));
  }
}
