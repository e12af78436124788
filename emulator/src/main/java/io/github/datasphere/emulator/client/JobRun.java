package io.github.datasphere.emulator.client;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.client.config.JobConfig;
import io.github.datasphere.emulator.client.config.JobConfigException;
import io.github.datasphere.emulator.client.config.JobConfigReader;
import io.github.datasphere.emulator.client.files.Depot;
import io.github.datasphere.emulator.client.files.FileException;
import io.github.datasphere.emulator.client.files.FilePacker;
import io.github.datasphere.emulator.client.files.TemporaryFolder;
import io.github.datasphere.emulator.client.logs.JobLogFollower;
import io.github.datasphere.emulator.client.logs.LogFolder;
import io.github.datasphere.emulator.client.logs.LogSink;
import io.github.datasphere.emulator.client.python.PythonExplorer;
import io.github.datasphere.emulator.client.python.PythonSetup;
import io.github.datasphere.emulator.client.python.PythonSetupException;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * One job from its configuration file to its results, as the official command line runs it: create,
 * upload, execute, show the logs, download. For one use.
 */
public final class JobRun {
  private static final int FAILED = 1;
  private static final int CANCELLED = 130;

  private final JobService service;
  private final RunOptions options;
  private final RunConsole console;
  private final Clock clock;
  private final @Nullable Depot depot;
  private final CancelRequests cancellation = new CancelRequests();

  /** A run, at a service elsewhere, that has not begun. */
  public JobRun(Channel channel, RunOptions options, RunConsole console, Clock clock) {
    this(channel, options, console, clock, null);
  }

  /**
   * A run that has not begun.
   *
   * @param channel leads to the service; stays the caller's to close
   * @param clock gives log lines and the log folder their time
   * @param depot takes the job's files; null to upload them by HTTP
   */
  public JobRun(
      Channel channel, RunOptions options, RunConsole console, Clock clock, @Nullable Depot depot) {
    this.service = new JobService(channel, options.token());
    this.options = options;
    this.console = console;
    this.clock = clock;
    this.depot = depot;
  }

  /**
   * Runs the job to its end; every failure is told on the console, never thrown.
   *
   * @return the exit code of the program; 1 for a failure of anything else; 130 after a cancel
   * @throws InterruptedException if the caller's thread was interrupted; the job is then left alone
   */
  public int run() throws InterruptedException {
    try (var folder = LogFolder.open(options.logDirectory(), clock)) {
      var log = new RunLog(console, folder);
      log.info("logs file path: " + folder.path());
      int code = attempt(log);
      if (code != 0) {
        log.listFiles();
      }
      return code;
    } catch (IOException e) {
      console.say(RunConsole.Level.ERROR, "cannot write the log folder " + words(e));
      return FAILED;
    }
  }

  private static String words(IOException failure) {
    var place = failure instanceof FileSystemException named && named.getFile() != null
        ? Path.of(named.getFile())
        : Path.of("");
    return place + ": " + PathErrors.words(place, failure) + "; --log-dir names another folder";
  }

  /**
   * Cancels the job, from any thread and at any moment: gracefully the first time if the job's
   * configuration has a {@code graceful-shutdown} section, else at once; every further call at once
   * (service-behaviour 6.3). {@link #run} then returns when the service says that the job has
   * ended.
   */
  public void cancel() {
    var target = cancellation.request();
    console.say(
        RunConsole.Level.INFO,
        cancellation.requests() > 1
            ? "asked again: ending the job at once"
            : target != null && target.graceful()
                ? "cancelling the job, which may end by itself; ask again to end it at once"
                : "cancelling the job");
    if (target != null) {
      cancel(target);
    }
  }

  private int attempt(RunLog log) throws InterruptedException {
    try {
      var reader = new JobConfigReader(
          options.config(),
          options.workingDirectory(),
          options.environment(),
          () -> cancellation.check(0));
      var config = reader.read(problem -> log.warn(problem.toString()));
      return new Results(config, options, service, log, cancellation)
          .fetch(follow(config, submit(config, log), log));
    } catch (JobConfigException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      e.problems().forEach(problem -> log.error(problem.toString()));
      return FAILED;
    } catch (RunCancelledException e) {
      return cancelled(log);
    } catch (RunFailedException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (cancellation.requests() > 0) {
        return cancelled(log);
      }
      log.error(String.valueOf(e.getMessage()));
      return FAILED;
    }
  }

  private static int cancelled(RunLog log) {
    log.info("job is canceled");
    return CANCELLED;
  }

  /** A job that was created but cannot be started is not left behind. */
  private Operation submit(JobConfig config, RunLog log)
      throws RunFailedException, InterruptedException {
    boolean submitted = false;
    try (var temporary = TemporaryFolder.create();
        var packer = new FilePacker(
            config.folder(), temporary.path(), depot, bytes -> cancellation.check(0), log::warn)) {
      var python = python(config, log);
      if (python != null) {
        new PathsInJob(config, options.config())
            .meetings(python.localModules())
            .forEach(meeting -> log.warn(meeting.toString()));
      }
      var operation =
          new JobSubmission(config, options, service, log, cancellation).submit(python, packer);
      submitted = true;
      return operation;
    } catch (FileException | IOException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()));
    } finally {
      var target = cancellation.target();
      if (!submitted && target != null) {
        cancel(new CancelRequests.Target(target.jobId(), false));
      }
    }
  }

  private @Nullable PythonSetup python(JobConfig config, RunLog log)
      throws RunFailedException, InterruptedException {
    var python = config.python();
    if (python == null) {
      return null;
    }
    var explorer = new PythonExplorer(
        config.folder(), options.environment(), log::warn, () -> cancellation.check(0));
    try {
      return explorer.setup(python);
    } catch (PythonSetupException e) {
      throw new RunFailedException(
          options.config() + ":" + python.line() + ": env.python: " + e.getMessage());
    }
  }

  private Operation follow(JobConfig config, Operation started, RunLog log)
      throws RunFailedException, InterruptedException {
    log.info("executing job ...");
    var target = cancellation.target();
    var jobId = target == null ? "" : target.jobId();
    var sink = new LogSink(log, log.folder(), config.folder());
    try (var follower = new JobLogFollower(service.streams(), jobId, sink, cancellation::wakeUp)) {
      follower.start();
      var done = new OperationWatch(service, log, cancellation).await(started);
      var missing = follower.awaitEnd();
      if (!missing.isEmpty()) {
        log.warn(missing);
      }
      return done;
    }
  }

  private void cancel(CancelRequests.Target target) {
    try {
      service.cancel(target);
    } catch (StatusRuntimeException e) {
      console.say(
          RunConsole.Level.WARNING,
          "the job " + target.jobId() + " could not be cancelled: " + e.getStatus());
    }
  }
}
