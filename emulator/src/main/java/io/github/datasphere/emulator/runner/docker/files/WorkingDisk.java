package io.github.datasphere.emulator.runner.docker.files;

import io.github.datasphere.emulator.job.spec.WorkingStorage;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SizeText;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.supervisor.LineSink;
import java.io.IOException;
import java.util.Map;

/**
 * Gives a volume to a job that asks for working storage (service-behaviour 2.14, 4.18). The engine
 * does not limit its size, since that takes a disk with quotas: a job can write more than it asked
 * for until the disk is full.
 */
public final class WorkingDisk {
  private static final String SCRIPT = "disk";
  private static final long KIB = 1024;

  /** Runs in the container, since an engine does not tell how much disk it has. */
  private static final String FREE =
      "df -Pk . | { read -r _ && read -r _ _ _ free _ && echo \"$free\"; }\n";

  private WorkingDisk() {}

  /**
   * Tells the user how much disk there is.
   *
   * @param root where the engine keeps its data
   * @param isStrict whether too little is a reason to refuse the job
   */
  public static void check(
      WorkingStorage asked, Sandbox sandbox, String root, boolean isStrict, SystemLog log)
      throws IOException, PreparationException {
    sandbox.write(SCRIPT, FREE);
    var answer = new LineSink(line -> {});
    var errors = new LineSink(line -> {});
    sandbox.carryOut(SCRIPT, Map.of(), answer, errors);
    answer.close();
    var size = SizeText.text(asked.sizeBytes());
    if (!answer.last().matches("\\d{1,15}")) {
      log.error("The job asks for " + size + " of working storage. The image's df does not"
          + " tell how much there is");
      return;
    }
    long free = Long.parseLong(answer.last()) * KIB;
    if (free < asked.sizeBytes()) {
      var lack = "The job asks for " + size + " of working storage, and the engine's disk has "
          + SizeText.text(free) + " free";
      if (isStrict) {
        throw new PreparationException(lack + ": free some below " + root
            + " on the engine's machine, ask for less, or let jobs run with what there is (--fit"
            + " clamp).");
      }
      log.error(lack + ": it runs with that (--fit strict would refuse it)");
      return;
    }
    log.info("The working storage of " + size + " is a volume of its own; " + SizeText.text(free)
        + " are free");
  }
}
