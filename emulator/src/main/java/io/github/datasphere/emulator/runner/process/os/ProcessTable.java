package io.github.datasphere.emulator.runner.process.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes of this machine that carry the mark of a job. Without {@code /proc} it finds
 * none.
 */
public final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final String VARIABLE = Supervisor.MARK + "=";
  private static final int ROUNDS = 50;
  private static final long ROUND_MILLIS = 200;

  private final Map<String, List<Long>> pidsByMark;

  private ProcessTable(Map<String, List<Long>> pidsByMark) {
    this.pidsByMark = pidsByMark;
  }

  public static ProcessTable read() {
    var found = new HashMap<String, List<Long>>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        markOf(entry)
            .ifPresent(mark -> found
                .computeIfAbsent(mark, key -> new ArrayList<>())
                .add(Long.valueOf(entry.getFileName().toString())));
      }
    } catch (IOException e) {
      return new ProcessTable(Map.of());
    }
    return new ProcessTable(found);
  }

  public List<Long> pids(String mark) {
    return pidsByMark.getOrDefault(mark, List.of());
  }

  /**
   * Ends all processes that carry a mark of the job or descend from its supervisor. The supervisor
   * is ended last, since it inherits what the others leave. Used if the supervisor itself cannot do
   * it.
   *
   * @param supervisor null if it is unknown
   * @return whether no process is left
   */
  public static boolean end(JobId job, @Nullable ProcessIdentity supervisor) {
    for (int round = 0; round < ROUNDS; round++) {
      var root = supervisor != null && supervisor.isAlive()
          ? ProcessHandle.of(supervisor.pid())
          : Optional.<ProcessHandle>empty();
      var others = Stream.concat(
              read().pidsOf(job).stream().flatMap(pid -> ProcessHandle.of(pid).stream()),
              root.stream().flatMap(ProcessHandle::descendants))
          .filter(process -> !Optional.of(process).equals(root))
          // For Java a zombie is alive. Those of a supervisor that was stopped stay until it ends
          .filter(process -> ProcessIdentity.of(process.pid()).isAlive())
          .distinct()
          .toList();
      if (others.isEmpty() && root.isEmpty()) {
        return true;
      }
      (others.isEmpty() ? root.stream() : others.stream()).forEach(ProcessTable::end);
    }
    return false;
  }

  private List<Long> pidsOf(JobId job) {
    var begin = mark(job, "");
    return pidsByMark.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(begin))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Returns the mark that the processes of one run of a job carry. */
  public static String mark(JobId job, String run) {
    return job + "/" + run;
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(ROUND_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // If the process is still there, the next round finds it
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<String> markOf(Path process) {
    try {
      var environment = new String(Files.readAllBytes(process.resolve("environ")), ISO_8859_1);
      int begin = environment.startsWith(VARIABLE) ? 0 : environment.indexOf("\0" + VARIABLE) + 1;
      if (begin == 0 && !environment.startsWith(VARIABLE)) {
        return Optional.empty();
      }
      int end = environment.indexOf('\0', begin);
      return Optional.of(
          environment.substring(begin + VARIABLE.length(), end < 0 ? environment.length() : end));
    } catch (IOException e) {
      // The process is another user's, or gone
      return Optional.empty();
    }
  }
}
