package io.github.datasphere.emulator.runner.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SandboxPaths;
import io.github.datasphere.emulator.runner.plan.SpelledPaths;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.process.os.MachineEnvironment;
import io.github.datasphere.emulator.runner.process.os.ProcessTable;
import io.github.datasphere.emulator.runner.process.os.Usage;
import io.github.datasphere.emulator.runner.process.python.HostPythonTools;
import io.github.datasphere.emulator.runner.progress.StatsRow;
import io.github.datasphere.emulator.runner.run.CommandEnd;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.PythonTools;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A directory of this machine, with a supervisor that works in it. */
final class ProcessSandbox implements Sandbox {
  private final JobId job;
  private final JobFolder folder;
  private final ProcessRunContext context;
  private final HostProgressFile progress;
  private @Nullable HostSupervisor supervisor;
  private volatile @Nullable JobControl control;
  private volatile @Nullable ProcessRecord record;
  private @Nullable ProcessOutput output;

  ProcessSandbox(JobId job, JobFolder folder, ProcessRunContext context) {
    this.job = job;
    this.folder = folder;
    this.context = context;
    this.progress = new HostProgressFile(folder.layout().progressFile());
  }

  @Override
  public SandboxPaths layout() {
    return folder.layout();
  }

  @Override
  public String state() {
    return folder.state().toString();
  }

  @Override
  public Optional<PlanNames> restore() throws IOException {
    var saved = ProcessRecord.read(folder);
    if (saved.isEmpty() || !saved.get().hasBegun()) {
      return Optional.empty();
    }
    var fifo = FifoControl.open(folder.state(FifoControl.NAME), saved.get().supervisor());
    control = fifo;
    record = saved.get();
    output = new DurableOutput(context, folder, job, saved.get(), fifo, EndingReasons.vanished());
    return Optional.of(saved.get().names());
  }

  @Override
  public Optional<Boolean> hasBegun(String script) {
    // Ask for the end first: a file that is missing after the end will not come any more
    var ended = !known().supervisor().isAlive();
    var begun = Files.exists(folder.state(Supervisor.begunFile(script)));
    return ended || begun ? Optional.of(begun) : Optional.empty();
  }

  @Override
  public void clear() throws IOException {
    ProcessTable.end(
        job, ProcessRecord.read(folder).map(ProcessRecord::supervisor).orElse(null));
  }

  @Override
  public Map<String, String> prepare(
      Job whole, PlanNames names, JobPlan plan, Cancellation cancellation)
      throws IOException, PreparationException, CancelledException {
    folder.create();
    var log = context.parts().systemLog(job);
    HostFiles.tell(whole, folder, log);
    SpelledPaths.warning(whole.parameters(), layout()).ifPresent(log::warn);
    HostFiles.place(whole, plan, folder, context.parts(), cancellation);
    HostMounts.link(plan.mounts(), log);
    var machine = MachineEnvironment.of(context.settings().machine());
    var environment = plan.environment(machine);
    // The supervisor itself needs the machine's own path
    var inherited = new HashMap<>(Supervisor.inherited(environment));
    inherited.put("PATH", machine.getOrDefault("PATH", ""));
    var mark = ProcessTable.mark(job, UUID.randomUUID().toString());
    cancellation.check();
    var started = HostSupervisor.start(context, folder, mark, inherited);
    supervisor = started;
    control = started;
    var begun = new ProcessRecord(mark, started.identity(), "", names);
    record = begun;
    begun.save(folder);
    return Supervisor.exported(environment);
  }

  @Override
  public PythonTools python(PythonPlan plan) throws PreparationException {
    var machine = MachineEnvironment.of(context.settings().machine());
    var cache = context.settings().resources().folders().pipCache().toAbsolutePath();
    return HostPythonTools.of(plan, machine, cache, context.parts().systemLog(job));
  }

  @Override
  public void write(String name, String text) throws IOException {
    Files.write(folder.state(name), text.getBytes(UTF_8));
  }

  @Override
  public Optional<Report> carryOut(
      String script, Map<String, String> environment, EndMark.Sink out, EndMark.Sink err)
      throws IOException {
    var token = Token.random();
    own().send(Supervisor.run(token, Supervisor.Output.STREAMS, script, environment));
    return own().copy(token, out, err);
  }

  @Override
  public void begin(String script, PlanNames names, Map<String, String> environment)
      throws IOException {
    var token = Token.random();
    if (context.parts().isLeased()) {
      own().send(Supervisor.run(token, Supervisor.Output.STREAMS, script, environment));
      output = new LeasedOutput(context, job, own(), token);
      return;
    }
    var begun = known().begun(token.digest());
    var fifo = folder.state(FifoControl.NAME);
    FifoControl.make(fifo);
    begun.save(folder);
    var open = FifoControl.open(fifo, begun.supervisor());
    record = begun;
    control = open;
    output = new DurableOutput(context, folder, job, begun, open, EndingReasons.supervisorGone());
    // Send all in one write: a supervisor that is kept but never told what to run would stay for
    // ever
    var request = new ByteArrayOutputStream();
    request.writeBytes(Supervisor.run(token, Supervisor.Output.FILES, script, environment));
    request.writeBytes(Supervisor.keep());
    own().send(request.toByteArray());
  }

  @Override
  public CommandEnd follow(BooleanSupplier isLeft) throws IOException {
    var end = Objects.requireNonNull(output, "nothing has begun").follow(isLeft);
    if (end instanceof CommandEnd.Lost) {
      // There is no supervisor left that could do it
      kill();
    }
    return end;
  }

  @Override
  public Watching watch(Consumer<Optional<StatsRow>> look) {
    var usage = new Usage();
    var mark = known().mark();
    Consumer<ProcessTable> listener = table -> {
      var pids = table.pids(mark);
      var now = context.parts().ports().clock().instant();
      look.accept(pids.isEmpty() ? Optional.empty() : Optional.of(usage.row(now, pids)));
    };
    context.pulse().add(listener);
    return () -> context.pulse().remove(listener);
  }

  @Override
  public Optional<String> progress() {
    return progress.changed();
  }

  /**
   * Always says false: a process has no memory limit of its own, and the kernel does not report
   * which processes it ends when memory runs out.
   */
  @Override
  public boolean ranOutOfMemory() {
    return false;
  }

  @Override
  public JobFiles files(JobPlan plan) throws IOException {
    return HostFiles.of(plan, folder);
  }

  @Override
  public void send(byte[] request) throws IOException {
    var open = control;
    if (open != null) {
      open.send(request);
    }
  }

  @Override
  public void kill() {
    var known = record;
    if (known != null) {
      ProcessTable.end(job, known.supervisor());
    }
  }

  @Override
  public void end(Duration patience) throws IOException {
    var open = control;
    var gone = open == null || open.release(patience);
    var known = record;
    if (known == null) {
      // Perhaps nothing is left, or only processes that are known by their mark alone
      ProcessTable.end(job, null);
    } else if (!gone || !ProcessTable.read().pids(known.mark()).isEmpty()) {
      kill();
    }
  }

  @Override
  public void remove() throws IOException {
    var open = control;
    if (open != null && open.isAlive()) {
      kill();
    }
    folder.delete();
  }

  @Override
  public void leave() {
    // There is nothing to do: the job goes on writing to its files without us
  }

  private HostSupervisor own() {
    return Objects.requireNonNull(supervisor, "no supervisor was started");
  }

  private ProcessRecord known() {
    return Objects.requireNonNull(record, "nothing is known of the run");
  }
}
