package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SandboxPaths;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.progress.StatsRow;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The directory or container in which one job runs, with the supervisor as its process 1.
 * {@link Run} calls its methods and decides when. One thread prepares and follows; other threads
 * may speak to the supervisor and end all at any time.
 */
public interface Sandbox {
  /** Returns where the job finds its files here. */
  SandboxPaths layout();

  /** Returns the directory of the supervisor's own files, as the supervisor sees it. */
  String state();

  /**
   * Finds the command that an earlier emulator began here.
   *
   * @return the names that were drawn for it; empty if there is none
   */
  Optional<PlanNames> restore() throws IOException;

  /**
   * Whether the command that was found has really begun with this script; empty while it still may.
   */
  Optional<Boolean> hasBegun(String script) throws IOException;

  /**
   * Whether the place of the job is lost and its command is to begin again in another. This is
   * saved before it is answered, so that the next emulator goes on with the same attempt.
   */
  default boolean beginsAgain() throws IOException {
    return false;
  }

  /** Whether the command has begun in a place that is lost, and begins or has begun again. */
  default boolean isRepeated() {
    return false;
  }

  /** Removes an unfinished preparation of an earlier emulator, and forgets what was found. */
  void clear() throws IOException;

  /**
   * Puts the files where the plan says, and starts the supervisor.
   *
   * @return variables that the supervisor sets for the command
   */
  Map<String, String> prepare(Job job, PlanNames names, JobPlan plan, Cancellation cancellation)
      throws IOException, PreparationException, CancelledException;

  /** Returns the tools that make a Python environment here. */
  PythonTools python(PythonPlan plan) throws PreparationException;

  /** Makes a file among the supervisor's own. */
  void write(String name, String text) throws IOException;

  /**
   * Has the supervisor carry out a script of the emulator's own, before the command.
   *
   * @return the supervisor's report; empty if the supervisor is gone
   */
  Optional<Report> carryOut(
      String script, Map<String, String> environment, EndMark.Sink out, EndMark.Sink err)
      throws IOException;

  /** Begins the command; if it may outlive the emulator, saves first that it has begun. */
  void begin(String script, PlanNames names, Map<String, String> environment) throws IOException;

  /**
   * Passes the output of the command on to the log until it has ended.
   *
   * @param isLeft tells when to stop although the command goes on
   */
  CommandEnd follow(BooleanSupplier isLeft) throws IOException;

  /**
   * Calls about once a second while the command runs, until it is closed.
   *
   * @param look receives what the command takes; empty if that is unknown
   */
  Watching watch(Consumer<Optional<StatsRow>> look);

  /** Returns the end of the progress file if the file has changed since the previous call. */
  Optional<String> progress() throws IOException;

  /** Whether the kernel ended a process of the job because it took more memory than it may. */
  boolean ranOutOfMemory();

  /**
   * Returns the files that the job has left. Folders that it shares with this machine are brought
   * up to date first.
   */
  JobFiles files(JobPlan plan) throws IOException;

  /** Speaks to the supervisor, if there is one yet. */
  void send(byte[] request) throws IOException;

  /** Ends all processes without the supervisor, which does not answer. */
  void kill() throws IOException;

  /**
   * Ends all processes and the supervisor. If that takes longer, it ends them without the
   * supervisor's help.
   */
  void end(Duration patience) throws IOException;

  /** Removes the sandbox; nothing runs in it any more. */
  void remove() throws IOException;

  /** Stops following the command, which goes on. */
  void leave();

  /** Ends a watch. */
  @FunctionalInterface
  interface Watching extends AutoCloseable {
    @Override
    void close();
  }
}
