package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.run.SavedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job runs, saved before anything of it is there. It is the fence of the job: what is left
 * of an attempt on another node may deliver nothing, and is removed.
 *
 * @param number counts the attempts to run the command, from 1
 * @param node id of the node; empty while the job waits for one
 * @param name name of the node, for sentences
 */
record Attempt(int number, String node, String name) {
  private static final String NUMBER = "attempt";
  private static final String NODE = "node";
  private static final String NAME = "name";

  /** Reads what was saved for a job; empty if it has no place. */
  static Optional<Attempt> read(Path folder, JobId job) throws IOException {
    return SavedRun.read(file(folder, job)).map(saved -> {
      var number = saved.fact(NUMBER);
      return new Attempt(
          number.isEmpty() ? 1 : Integer.parseInt(number), saved.fact(NODE), saved.fact(NAME));
    });
  }

  static void delete(Path folder, JobId job) throws IOException {
    Files.deleteIfExists(file(folder, job));
  }

  void save(Path folder, JobId job) throws IOException {
    var facts = Map.of(NUMBER, Integer.toString(number), NODE, node, NAME, name);
    new SavedRun(facts, new PlanNames(Map.of(), Map.of(), "")).save(file(folder, job));
  }

  private static Path file(Path folder, JobId job) {
    return folder.resolve(job.value() + ".node.properties");
  }
}
