package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.id.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the endings of runs, with the words that a user reads. */
public final class EndingReasons {
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final Map<Integer, String> SIGNALS = Map.ofEntries(
      Map.entry(1, "SIGHUP"),
      Map.entry(2, "SIGINT"),
      Map.entry(3, "SIGQUIT"),
      Map.entry(4, "SIGILL"),
      Map.entry(6, "SIGABRT"),
      Map.entry(7, "SIGBUS"),
      Map.entry(8, "SIGFPE"),
      Map.entry(SIGKILL, "SIGKILL"),
      Map.entry(10, "SIGUSR1"),
      Map.entry(11, "SIGSEGV"),
      Map.entry(12, "SIGUSR2"),
      Map.entry(13, "SIGPIPE"),
      Map.entry(15, "SIGTERM"));

  /** Exit code of a command that SIGKILL has ended (service-behaviour 10.28). */
  public static final int KILLED = SIGNALLED + SIGKILL;

  private EndingReasons() {}

  /** Returns the name of a signal, such as {@code SIGTERM}. */
  public static String signalName(int signal) {
    return SIGNALS.getOrDefault(signal, "signal " + signal);
  }

  /**
   * The command ended with this code.
   *
   * @param killed whether the emulator killed it
   */
  public static Ending exited(int code, boolean killed) {
    var signal = SIGNALS.get(code - SIGNALLED);
    if (signal == null || killed) {
      return new Ending.Exited(code, "");
    }
    var guess = code == KILLED ? ", perhaps for lack of memory" : "";
    return new Ending.Exited(code, "ended by " + signal + guess);
  }

  /** The kernel ended the command because memory ran out (service-behaviour 4.25). */
  public static Ending outOfMemory() {
    return new Ending.Exited(KILLED, "Killed: out of memory; take an instance type that has more");
  }

  /** The run failed for a reason that the user can do something about. */
  public static Ending failed(String message) {
    return new Ending.Failed(ErrorCode.FAILED_PRECONDITION, message);
  }

  /** The supervisor could not begin the command; {@code why} is the reason. */
  public static Ending notRun(String why) {
    return failed("The command was not run: " + why
        + ". See that what the job runs in has room on its disk and what it needs.");
  }

  /** The supervisor has refused to start in this image; {@code words} are its own. */
  public static String imageLacks(String words) {
    return "The job cannot run in its image: " + words + ". Take another image, or add it there.";
  }

  /** Process 1 of the job ended before its command. */
  public static Ending supervisorGone() {
    return failed(
        "The supervisor of the job was ended from outside, perhaps by the job itself or for lack of"
            + " memory, or the disk had no room to note the exit code, which is not known so: make"
            + " room if the disk is full, and execute the job again.");
  }

  /** The job has removed the folder in which its exit code would have been noted. */
  public static Ending folderGone() {
    return failed(
        "The folder of the job's supervisor was removed while the job ran, perhaps by the job itself,"
            + " so its exit code is not known: let it delete only what is its own, and execute it"
            + " again.");
  }

  /** An earlier emulator started the run, and nothing of it is left. */
  public static Ending vanished() {
    return failed(
        "The processes of the job vanished while the emulator was away, perhaps in a restart of the"
            + " machine, and its exit code is not known: execute the job again.");
  }

  /** There is no such run. */
  public static Ending lost() {
    return failed(
        "Nothing is left of this run of the job: its working folder is gone. Execute the job again.");
  }

  /**
   * The emulator or its disk is at fault. If it is the emulator, its log says more under the id.
   */
  public static Ending fault(JobId job, Throwable cause) {
    if (cause instanceof IOException || cause instanceof UncheckedIOException) {
      PlainWarning.tell(log(), cause, "Job {} cannot go on", job);
      return failed("The emulator could not read or write what the job needs: "
          + PlainWarning.words(cause) + ". Look at its disk, then execute the job again.");
    }
    var id = UUID.randomUUID().toString().substring(0, 8);
    log().error("Fault {}: job {} cannot go on", id, job, cause);
    return new Ending.Failed(
        ErrorCode.INTERNAL, "The emulator failed; look for fault " + id + " in its log.");
  }

  private static Logger log() {
    return LoggerFactory.getLogger(EndingReasons.class);
  }
}
