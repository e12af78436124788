package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.EngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.PythonPlan;
import io.github.datasphere.emulator.runner.plan.Sizes;
import io.github.datasphere.emulator.runner.plan.TextFile;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Does all that comes before the command of a job. */
final class Preparation {
  static final String SCRIPT = "command";
  private static final int GIB_BITS = 30;
  private static final double GIB = 1L << GIB_BITS;

  /** What is longer goes into the archive: the supervisor reads byte by byte. */
  private static final int LONGEST_SENT = 16 * 1024;

  private final RunContext context;
  private final SystemLog log;
  private final Cancellation cancellation;

  Preparation(RunContext context, SystemLog log, Cancellation cancellation) {
    this.context = context;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * A job whose command can begin.
   *
   * @param environment of the command
   * @param earlier tokens of what the supervisor ran before it
   */
  record Prepared(
      JobContainer container,
      PlanNames names,
      Map<String, String> environment,
      List<Token> earlier) {}

  /**
   * Prepares a job.
   *
   * @param onContainer told of the container as soon as there is one, since it can be asked to stop
   */
  Prepared prepare(Job job, Consumer<JobContainer> onContainer)
      throws IOException, PreparationException, CancelledException {
    var settings = context.settings();
    var names = PlanNames.choose(job.parameters(), context.ports().ids());
    var plan = new JobPlanner(settings.resources()).plan(job, names, RunContext.LAYOUT);
    var size = settings.size().apply(job);
    tell(job, size);
    var image = new ImageChoice(context, log, cancellation).get(job, plan.python());
    var mounts = new EngineMounts(context, log).of(plan);
    var environment = new HashMap<>(plan.environment(Map.of("PATH", image.path())));
    NetworkVariables.ofJob(settings.machine()).forEach(environment::putIfAbsent);
    cancellation.check();
    try (var inputs = inputs(job, plan)) {
      var order =
          new ContainerSpec(context).create(job, image, size, inherited(environment), mounts);
      var container = started(context.engine().ask(order::exec).getId(), onContainer);
      place(inputs, container);
      var python =
          new PythonSetup(container, NetworkVariables.ofPip(settings.machine()), log, cancellation);
      if (plan.python() != null) {
        python.make(plan.python());
      }
      if (plan.script().length() <= LONGEST_SENT) {
        container.send(Supervisor.write(SCRIPT, plan.script()));
      }
      return new Prepared(container, names, exported(environment), python.tokens());
    } catch (EngineException e) {
      throw refused(e);
    }
  }

  private void tell(Job job, JobSize size) {
    log.info("Job " + job.id() + " runs in a container of the engine at "
        + context.engine().facts().host());
    log.info(String.format(
        Locale.ROOT,
        "Instance type %s asks for %s; the container gets %.1f vCPU, %.1f GiB, %d GPU",
        job.execution().instanceType(),
        size.asked(),
        size.cpus(),
        size.memoryBytes() / GIB,
        size.gpus()));
    if (size.gpus() < size.gpusAsked()) {
      log.error("The engine's machine has not the GPUs that the job asks for: it runs with "
          + size.gpus() + " of " + size.gpusAsked());
    }
    var files = job.parameters().uploads();
    var bytes = files.stream().mapToLong(JobFile::sizeBytes).sum();
    log.info("Placing " + files.size() + " files, " + Sizes.text(bytes));
  }

  private InputArchive inputs(Job job, JobPlan plan)
      throws IOException, PreparationException, CancelledException {
    var inputs =
        new InputArchive(context.ports().files(), job.projectId(), cancellation, context.spool());
    try {
      inputs.add(plan, texts(plan), unpackedLimit(job));
      return inputs;
    } catch (IOException | PreparationException | CancelledException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  private List<TextFile> texts(JobPlan plan) throws IOException {
    var texts = new ArrayList<>(plan.texts());
    PythonPlan python = plan.python();
    if (python != null && python.installs()) {
      texts.add(new TextFile(
          PythonSetup.REQUIREMENTS, String.join("\n", python.requirementLines()) + "\n"));
      var certificates = NetworkVariables.certificates(context.settings().machine());
      if (certificates.isPresent()) {
        texts.add(
            new TextFile(NetworkVariables.CERTIFICATES, Files.readString(certificates.get())));
      }
    }
    if (plan.script().length() > LONGEST_SENT) {
      texts.add(new TextFile(RunContext.STATE + "/" + SCRIPT, plan.script()));
    }
    return texts;
  }

  private JobContainer started(String id, Consumer<JobContainer> onContainer)
      throws IOException, CancelledException {
    var container = new JobContainer(context.engine(), id);
    onContainer.accept(container);
    cancellation.check();
    container.start();
    return container;
  }

  private void place(InputArchive inputs, JobContainer container)
      throws IOException, PreparationException, CancelledException {
    if (inputs.isEmpty()) {
      return;
    }
    try (var tar = new TarStream(inputs)) {
      try {
        context.engine().files().put(container.id(), "/", tar);
      } catch (IOException e) {
        cancellation.check();
        var cause = tar.failure() == null ? e : tar.failure();
        throw new PreparationException(
            "The file "
                + inputs.current()
                + " could not be placed ("
                + cause.getMessage()
                + "). Look for two files of one name, a name that is too long, or a full disk.",
            cause);
      }
    }
  }

  /** In the engine's own words, with what can be done about it. */
  private static PreparationException refused(EngineException e) throws EngineException {
    var words = String.valueOf(e.getMessage());
    if (e.isSilence()) {
      throw e;
    }
    var advice = "";
    if (words.contains("bash") && words.contains("not found")) {
      advice = " The image has no bash, which jobs need: take another, or add it.";
    } else if (words.contains("exec format error")) {
      advice = " The image is made for another processor: take another tag.";
    } else if (words.contains("could not select device driver")) {
      advice = " The engine cannot give GPUs: install the NVIDIA container toolkit.";
    } else if (words.contains("bind source path does not exist")) {
      advice = " The engine runs on another machine or in a virtual one that does not share this"
          + " folder.";
    }
    return new PreparationException(
        "The container of the job could not be started: " + words + "." + advice, e);
  }

  private long unpackedLimit(Job job) {
    var storage = job.parameters().workingStorage();
    var standard = context.settings().resources().limits().unpackedBytes();
    return storage == null ? standard : Math.max(standard, storage.sizeGb() << GIB_BITS);
  }

  /** What bash could not set, and the mark by which the supervisor knows its own. */
  private static Map<String, String> inherited(Map<String, String> environment) {
    var inherited = new HashMap<>(environment);
    inherited.keySet().removeIf(Supervisor::canExport);
    inherited.put(Supervisor.MARK, UUID.randomUUID().toString());
    return inherited;
  }

  private static Map<String, String> exported(Map<String, String> environment) {
    var exported = new HashMap<>(environment);
    exported.keySet().removeIf(name -> !Supervisor.canExport(name));
    return exported;
  }
}
