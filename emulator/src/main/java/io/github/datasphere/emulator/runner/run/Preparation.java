package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SizeText;
import java.io.IOException;
import java.util.Map;

/** Does everything that comes before the command of a job. */
final class Preparation {
  static final String SCRIPT = "command";

  private final Sandbox sandbox;
  private final RunnerParts parts;
  private final SystemLog log;
  private final Cancellation cancellation;

  Preparation(Sandbox sandbox, RunnerParts parts, SystemLog log, Cancellation cancellation) {
    this.sandbox = sandbox;
    this.parts = parts;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * A job whose command can begin.
   *
   * @param environment variables of the command
   */
  record Prepared(PlanNames names, Map<String, String> environment) {}

  Prepared prepare(Job job) throws IOException, PreparationException, CancelledException {
    var names = PlanNames.choose(job.parameters(), parts.ports().ids());
    var plan = new JobPlanner(parts.resources()).plan(job, names, sandbox.layout());
    var files = job.parameters().uploads();
    var bytes = files.stream().mapToLong(JobFile::sizeBytes).sum();
    warnOfSpark(job);
    log.info("Placing " + files.size() + " files, " + SizeText.text(bytes));
    var environment = sandbox.prepare(job, names, plan, cancellation);
    if (plan.python() != null) {
      new PythonInstallation(sandbox, log, cancellation).make(plan.python());
    }
    sandbox.write(SCRIPT, plan.script());
    return new Prepared(names, environment);
  }

  private void warnOfSpark(Job job) {
    var connector = job.parameters().sparkConnectorId();
    if (connector != null && !parts.resources().spark().containsKey(connector)) {
      log.warn(
          "The Spark connector " + connector + " is not known here, and it is not checked that it"
              + " exists: the job's connection file asks for Spark inside the job (SPARK_LOCAL)");
    }
  }
}
