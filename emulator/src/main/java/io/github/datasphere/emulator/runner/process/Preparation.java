package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.Sizes;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Does all that comes before the command of a job. */
final class Preparation {
  static final String SCRIPT = "command";
  private static final int GIB_BITS = 30;

  private final RunContext context;
  private final JobFolder folder;
  private final SystemLog log;
  private final Cancellation cancellation;

  Preparation(RunContext context, JobFolder folder, SystemLog log, Cancellation cancellation) {
    this.context = context;
    this.folder = folder;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * A job whose command can begin.
   *
   * @param environment of the command
   */
  record Prepared(HostSupervisor supervisor, RunRecord record, Map<String, String> environment) {}

  /**
   * Prepares a job.
   *
   * @param onSupervisor told of the supervisor as soon as there is one, since it can be asked to
   *     stop
   */
  Prepared prepare(Job job, Consumer<HostSupervisor> onSupervisor)
      throws IOException, PreparationException, CancelledException {
    var resources = context.settings().resources();
    folder.create();
    var names = PlanNames.choose(job.parameters(), context.ports().ids());
    var plan = new JobPlanner(resources).plan(job, names, folder.layout());
    tell(job, plan);
    new Inputs(context.ports().files(), job.projectId(), folder, cancellation)
        .place(plan, unpackedLimit(job));
    HostMounts.link(plan.mounts(), log);
    var machine = MachineEnvironment.of(context.settings().machine());
    var environment = plan.environment(machine);
    var mark = job.id() + "/" + UUID.randomUUID();
    cancellation.check();
    var supervisor = HostSupervisor.start(context, folder, mark, inherited(environment, machine));
    onSupervisor.accept(supervisor);
    var record = new RunRecord(mark, supervisor.identity(), "", names);
    record.save(folder);
    if (plan.python() != null) {
      new PythonSetup(folder, supervisor, machine, log, cancellation)
          .make(plan.python(), resources.folders().pipCache().toAbsolutePath());
    }
    supervisor.write(SCRIPT, plan.script());
    return new Prepared(supervisor, record, exported(environment));
  }

  private void tell(Job job, JobPlan plan) {
    log.info("Job " + job.id() + " runs as a process of this machine");
    log.info("The directory " + folder.work() + " stands for /job");
    log.info("Instance type "
        + job.execution().instanceType()
        + ": CPU and memory of a process are not limited");
    if (job.parameters().env().image() != null) {
      log.info("The image that the job asks for is not used: a process has none");
    }
    var files = job.parameters().uploads();
    var size = files.stream().mapToLong(JobFile::sizeBytes).sum();
    log.info("Placing " + plan.placements().size() + " files, " + Sizes.text(size));
  }

  private long unpackedLimit(Job job) {
    WorkingStorage storage = job.parameters().workingStorage();
    var standard = context.settings().resources().limits().unpackedBytes();
    return storage == null ? standard : Math.max(standard, storage.sizeGb() << GIB_BITS);
  }

  /** What bash could not set, and the machine's own path for the supervisor itself. */
  private static Map<String, String> inherited(
      Map<String, String> environment, Map<String, String> machine) {
    var inherited = new HashMap<>(environment);
    inherited.keySet().removeIf(Supervisor::canExport);
    inherited.put("PATH", machine.getOrDefault("PATH", ""));
    return inherited;
  }

  private static Map<String, String> exported(Map<String, String> environment) {
    var exported = new HashMap<>(environment);
    exported.keySet().removeIf(name -> !Supervisor.canExport(name));
    return exported;
  }
}
