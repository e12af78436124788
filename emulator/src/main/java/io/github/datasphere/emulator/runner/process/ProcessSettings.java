package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.JobResources;
import java.nio.file.Path;
import java.util.Map;

/**
 * How jobs run as processes.
 *
 * @param folder holds a directory per job; used by no other emulator at the same time
 * @param durability whether jobs outlive the emulator
 * @param machine environment variables of the emulator itself, of which jobs get some
 */
public record ProcessSettings(
    Path folder, Durability durability, JobResources resources, Map<String, String> machine) {
  public ProcessSettings {
    machine = Map.copyOf(machine);
  }

  /** What the end of the emulator means for its jobs (design section 3, "Nothing left behind"). */
  public enum Durability {
    /** All end with it, also when it is killed. */
    LEASED,
    /** Those that run when it is killed are adopted by the next one; a normal end ends them. */
    ENDED_AT_CLOSE,
    /** They go on whatever its end, and the next one adopts them. */
    LEFT_AT_CLOSE
  }
}
