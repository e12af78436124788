package io.github.datasphere.emulator.runner.docker.cache;

import com.github.dockerjava.api.model.Mount;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.run.InputEntries;
import io.github.datasphere.emulator.runner.run.PythonTools;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.supervisor.LineSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The inputs of one job that the engine keeps. The job sees them in volumes that it cannot write,
 * and gets copies, made on the engine's machine: what it does to them no other job sees.
 */
public final class SharedInputs implements AutoCloseable {
  /** Below this the volumes are mounted. */
  static final String PLACE = "/var/lib/datasphere-emulator-inputs";

  private static final String SCRIPT = "inputs";

  private final InputCache cache;
  private final SystemLog log;
  private final List<Kept> kept = new ArrayList<>();

  private record Kept(InputEntries.Shared files, String volume) {}

  private SharedInputs(InputCache cache, SystemLog log) {
    this.cache = cache;
    this.log = log;
  }

  /**
   * Finds what is kept of a job's inputs, and keeps what is not; what cannot be kept is given back
   * to the inputs.
   */
  public static SharedInputs of(
      InputCache cache,
      InputCache.Target target,
      InputEntries inputs,
      SystemLog log,
      Cancellation cancellation)
      throws IOException, CancelledException {
    var all = new SharedInputs(cache, log);
    try {
      for (var files : inputs.shared()) {
        cache
            .volume(files, target, cancellation)
            .ifPresentOrElse(
                volume -> all.kept.add(new Kept(files, volume)), () -> inputs.giveBack(files));
      }
      return all;
    } catch (IOException | CancelledException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** Returns what the container of the job has to mount. */
  public List<Mount> mounts() {
    var mounts = new ArrayList<Mount>();
    for (int i = 0; i < kept.size(); i++) {
      mounts.add(InputCache.mount(kept.get(i).volume(), place(i)).withReadOnly(true));
    }
    return mounts;
  }

  /**
   * Copies them to where the job wants them; the directories are there already. What the programs
   * of the image could not copy is given back to the inputs.
   */
  public void copy(Sandbox sandbox, InputEntries inputs) throws IOException {
    if (kept.isEmpty()) {
      return;
    }
    var script = new StringBuilder("umask 022\n");
    for (int i = 0; i < kept.size(); i++) {
      var files = kept.get(i).files();
      var from = place(i) + "/" + InputEntries.Shared.NAME;
      script
          .append(files.isTree() ? "cp -R -- " + from + "/. " : "cp -- " + from + " ")
          .append(PythonTools.quote(files.target()))
          .append(" && echo ")
          .append(i)
          .append('\n');
    }
    sandbox.write(SCRIPT, script.toString());
    var copied = new HashSet<String>();
    try (var answers = new LineSink(copied::add);
        var errors = new LineSink(log::error)) {
      sandbox.carryOut(SCRIPT, Map.of(), answers, errors);
    }
    for (int i = 0; i < kept.size(); i++) {
      if (copied.contains(String.valueOf(i))) {
        log.info("The input " + kept.get(i).files().target()
            + " is a copy of what the engine keeps for jobs that have the same");
      } else {
        inputs.giveBack(kept.get(i).files());
      }
    }
  }

  private static String place(int number) {
    return PLACE + "/" + number;
  }

  @Override
  public void close() {
    kept.forEach(each -> cache.leave(each.volume()));
  }
}
