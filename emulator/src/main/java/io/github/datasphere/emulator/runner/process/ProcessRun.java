package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.LogFiles;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job from its preparation to its release. */
final class ProcessRun {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRun.class);
  private static final String SCRIPT = "command";

  private final Job job;
  private final JobFolder folder;
  private final RunContext context;
  private final SystemLog log;
  private @Nullable HostSupervisor supervisor;
  private @Nullable JobPlan plan;
  private boolean cancelled;
  private boolean started;
  private volatile boolean collecting;

  ProcessRun(Job job, JobFolder folder, RunContext context) {
    this.job = job;
    this.folder = folder;
    this.context = context;
    this.log = new SystemLog(context.ports().log(), job.id(), context.ports().clock());
  }

  static Ending lost() {
    return new Ending.Failed(
        ErrorCode.FAILED_PRECONDITION, "The run of the job is lost: execute the job anew.");
  }

  void run() {
    Ending ending;
    try {
      ending = execute();
    } catch (CancelledException e) {
      ending = new Ending.NeverStarted();
    } catch (PreparationException e) {
      log.error(String.valueOf(e.getMessage()));
      ending = new Ending.Failed(ErrorCode.FAILED_PRECONDITION, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      var id = UUID.randomUUID().toString().substring(0, 8);
      LOG.error("Job {} failed by a fault of the emulator, {}", job.id(), id, e);
      ending = new Ending.Failed(
          ErrorCode.INTERNAL, "Fault " + id + " of the emulator; its log says more.");
    }
    context.events().accept(new RunnerEvent.Ended(job.id(), ending));
  }

  private Ending execute() throws IOException, PreparationException, CancelledException {
    var resources = context.settings().resources();
    folder.create();
    var names = PlanNames.choose(job.parameters(), context.ports().ids());
    var jobPlan = new JobPlanner(resources).plan(job, names, folder.layout());
    log.info("Placing " + jobPlan.placements().size() + " files in " + folder.work());
    new Inputs(context.ports().files(), job.projectId(), folder, this::check)
        .place(jobPlan, resources.limits().unpackedBytes());
    var machine = MachineEnvironment.of(context.settings().machine());
    var environment = jobPlan.environment(machine);
    var process = begin(jobPlan, environment);
    process.write(SCRIPT, jobPlan.script());
    log.info("Starting the command");
    var token = go(process, exported(environment));
    context.events().accept(new RunnerEvent.Started(job.id()));
    return ending(process.copy(token, sink(LogSource.STDOUT), sink(LogSource.STDERR)));
  }

  private static Ending ending(OptionalInt code) {
    return code.isPresent() ? new Ending.Exited(code.getAsInt(), "") : lost();
  }

  private synchronized HostSupervisor begin(JobPlan jobPlan, Map<String, String> environment)
      throws IOException, PreparationException, CancelledException {
    check();
    plan = jobPlan;
    var inherited = new HashMap<>(environment);
    inherited.keySet().removeIf(name -> Supervisor.canExport(name) && !name.equals("PATH"));
    supervisor = HostSupervisor.start(
        context.shell(), folder, job.id() + "/" + UUID.randomUUID(), inherited, context.threads());
    return supervisor;
  }

  private static Map<String, String> exported(Map<String, String> environment) {
    var exported = new HashMap<>(environment);
    exported.keySet().removeIf(name -> !Supervisor.canExport(name));
    return exported;
  }

  private EndMark.Sink sink(LogSource source) {
    return (bytes, offset, length) -> context
        .ports()
        .log()
        .append(
            job.id(),
            new LogRecord(
                source,
                context.ports().clock().instant(),
                Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  private synchronized Token go(HostSupervisor process, Map<String, String> environment)
      throws CancelledException {
    check();
    started = true;
    return process.begin(SCRIPT, environment);
  }

  private synchronized void check() throws CancelledException {
    if (cancelled) {
      throw new CancelledException();
    }
  }

  synchronized void signal(int signal) {
    if (started && supervisor != null) {
      supervisor.send(Supervisor.signal(signal));
    }
  }

  synchronized void kill() {
    cancelled = true;
    if (supervisor != null) {
      supervisor.send(Supervisor.kill());
    }
  }

  void collect(Job latest) {
    if (collecting) {
      return;
    }
    collecting = true;
    try {
      context.events().accept(new RunnerEvent.OutputsCollected(job.id(), collected(latest)));
    } finally {
      collecting = false;
    }
  }

  private Collected collected(Job latest) {
    var errors = new ArrayList<FileError>();
    var ports = context.ports();
    var logs = new LogFiles(ports.files(), ports.log());
    if (!started || plan == null) {
      return new Collected(
          List.of(),
          logs.store(latest, List.of(LogFiles.LogFile.SYSTEM), errors),
          List.of(),
          errors,
          List.of());
    }
    var outputs = outputs(plan, errors);
    var kept = List.of(LogFiles.LogFile.STDOUT, LogFiles.LogFile.STDERR, LogFiles.LogFile.SYSTEM);
    return new Collected(
        outputs, logs.store(latest, kept, errors), List.of(), errors, List.<OutputDataset>of());
  }

  private List<JobFile> outputs(JobPlan jobPlan, List<FileError> errors) {
    try {
      var boundary = new Boundary(List.of(folder.work().toRealPath()));
      var limit = context.settings().resources().limits().outputBytes();
      return new Outputs(context.ports().files(), job.projectId(), boundary, limit)
          .store(jobPlan.outputs(), errors);
    } catch (IOException e) {
      LOG.error("The directory of job {} cannot be read", job.id(), e);
      return List.of();
    }
  }

  void release() {
    HostSupervisor process;
    synchronized (this) {
      cancelled = true;
      process = supervisor;
    }
    try {
      if (process != null) {
        process.release().join();
      }
      folder.delete();
    } catch (IOException e) {
      LOG.warn("The directory {} of an ended job could not be deleted", folder.path(), e);
    }
  }

  /** For messages. */
  Path directory() {
    return folder.work();
  }
}
