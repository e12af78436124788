package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.run.SavedRun;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the next emulator has to know to adopt a run.
 *
 * @param mark the mark that its processes carry
 * @param tokenDigest digest of the supervisor's token; empty until the command is about to begin
 */
record ProcessRecord(String mark, ProcessIdentity supervisor, String tokenDigest, PlanNames names) {
  private static final String FILE = "run.properties";
  private static final String MARK = "mark";
  private static final String PID = "supervisor.pid";
  private static final String START = "supervisor.start";
  private static final String TOKEN = "token.sha256";

  boolean hasBegun() {
    return !tokenDigest.isEmpty();
  }

  ProcessRecord begun(String digest) {
    return new ProcessRecord(mark, supervisor, digest, names);
  }

  void save(JobFolder folder) throws IOException {
    var facts = Map.of(
        MARK,
        mark,
        PID,
        Long.toString(supervisor.pid()),
        START,
        supervisor.start(),
        TOKEN,
        tokenDigest);
    new SavedRun(facts, names).save(folder.state(FILE));
  }

  /** Reads the record; empty if none was saved. */
  static Optional<ProcessRecord> read(JobFolder folder) throws IOException {
    return SavedRun.read(folder.state(FILE)).map(ProcessRecord::of);
  }

  private static ProcessRecord of(SavedRun saved) {
    var pid = saved.fact(PID);
    return new ProcessRecord(
        saved.fact(MARK),
        new ProcessIdentity(pid.isEmpty() ? 0 : Long.parseLong(pid), saved.fact(START)),
        saved.fact(TOKEN),
        saved.names());
  }
}
