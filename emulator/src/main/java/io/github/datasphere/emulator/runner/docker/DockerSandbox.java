package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.docker.container.AbandonedContainers;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.docker.files.ContainerProgressFile;
import io.github.datasphere.emulator.runner.docker.files.DockerFiles;
import io.github.datasphere.emulator.runner.docker.files.RemoteFolders;
import io.github.datasphere.emulator.runner.docker.files.WorkingDisk;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SandboxPaths;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.progress.StatsRow;
import io.github.datasphere.emulator.runner.run.CommandEnd;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.PythonTools;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container, with a supervisor as its process 1. */
final class DockerSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(DockerSandbox.class);
  private static final Duration NEWS_OF_MEMORY = Duration.ofSeconds(1);

  private final JobId job;
  private final DockerRunContext context;
  private final AbandonedContainers leftOvers;
  private final Path folder;
  private final List<Token> earlier = new ArrayList<>();
  private volatile @Nullable JobContainer container;
  private @Nullable ContainerProgressFile progress;
  private @Nullable ContainerRecord record;
  private boolean isAdopted;
  private boolean asksForGpus;

  DockerSandbox(JobId job, DockerRunContext context, AbandonedContainers leftOvers) {
    this.job = job;
    this.context = context;
    this.leftOvers = leftOvers;
    this.folder = context.settings().folder();
  }

  @Override
  public SandboxPaths layout() {
    return ContainerPaths.LAYOUT;
  }

  @Override
  public String state() {
    return ContainerPaths.STATE;
  }

  /**
   * Finds the container again. Its stdin takes the next request; its output is read from the
   * engine's log.
   */
  @Override
  public Optional<PlanNames> restore() throws IOException {
    var saved = ContainerRecord.read(folder, job);
    saved.ifPresent(known -> {
      container = new JobContainer(context.engine(), known.container());
      record = known;
      isAdopted = true;
    });
    return saved.map(ContainerRecord::names);
  }

  /** Counts the command of a removed container as begun, since it may have been. */
  @Override
  public Optional<Boolean> hasBegun(String script) throws IOException {
    // Ask for the end first: a file that is missing after the end will not come any more
    var ended = !own().isRunning();
    var begun = own().holds(Supervisor.begunFile(script));
    return ended || begun.orElse(true) ? Optional.of(begun.orElse(true)) : Optional.empty();
  }

  @Override
  public void clear() throws IOException {
    isAdopted = false;
    if (!context.parts().isLeased()) {
      leftOvers.remove(job);
      ContainerRecord.delete(folder, job);
    }
  }

  @Override
  public Map<String, String> prepare(
      Job whole, PlanNames names, JobPlan plan, Cancellation cancellation)
      throws IOException, PreparationException, CancelledException {
    var log = context.parts().systemLog(job);
    var size = context.settings().size().apply(whole);
    asksForGpus = size.gpusAsked() > 0;
    leftOvers.removeUnremoved();
    var environment = new ContainerStart(context, log, cancellation)
        .start(whole, plan, this, fresh -> container = fresh);
    var storage = whole.parameters().workingStorage();
    if (storage != null) {
      WorkingDisk.check(storage, this, context.engine().facts().root(), size.isStrict(), log);
    }
    return environment;
  }

  @Override
  public PythonTools python(PythonPlan plan) {
    return ContainerPython.tools(plan, context.settings().machine());
  }

  @Override
  public void write(String name, String text) throws IOException {
    own().write(name, text);
  }

  @Override
  public Optional<Report> carryOut(
      String script, Map<String, String> environment, EndMark.Sink out, EndMark.Sink err)
      throws IOException {
    var token = Token.random();
    earlier.add(token);
    own().begin(token, script, environment);
    return own().copy(token, out, err);
  }

  @Override
  public void begin(String script, PlanNames names, Map<String, String> environment)
      throws IOException {
    var token = Token.random();
    // A leased container is never followed again, so its starts need not be told apart
    var startedAt = context.parts().isLeased() ? "" : own().runningSince().orElse("");
    var log = context.parts().ports().log();
    var begun = new ContainerRecord(
        own().id(),
        startedAt,
        token,
        earlier,
        List.of(),
        names,
        asksForGpus,
        log.storedBytes(job, LogSource.STDOUT),
        log.storedBytes(job, LogSource.STDERR));
    if (!context.parts().isLeased()) {
      // Save this first, so that the command never begins twice
      begun.save(folder, job);
      own().send(Supervisor.keep());
    }
    record = begun;
    own().begin(token, script, environment);
  }

  @Override
  public CommandEnd follow(BooleanSupplier isLeft) throws IOException {
    var begun = Objects.requireNonNull(record, "nothing has begun");
    var output = new ContainerOutput(context, job, own(), begun, isLeft);
    return isAdopted ? output.followAgain() : output.follow();
  }

  @Override
  public Watching watch(Consumer<Optional<StatsRow>> look) {
    var usage = new UsageWatch(context, own(), look);
    if (!Objects.requireNonNull(record, "nothing has begun").hasGpus()) {
      return usage;
    }
    var gpus = GpuWatch.start(context, job, own().id());
    return () -> {
      usage.close();
      gpus.close();
    };
  }

  @Override
  public Optional<String> progress() throws IOException {
    if (progress == null) {
      progress = new ContainerProgressFile(context.engine().files(), own().id());
    }
    return progress.changed();
  }

  @Override
  public boolean ranOutOfMemory() {
    try {
      return own().ranOutOfMemory(context.parts().ports().clock().instant().plus(NEWS_OF_MEMORY));
    } catch (IOException e) {
      LOG.debug("The engine does not tell of what job {} died", job, e);
      return false;
    }
  }

  /**
   * First copies back the folders that the job got as copies, so that outputs in them are found.
   */
  @Override
  public JobFiles files(JobPlan plan) {
    var files = context.engine().files();
    if (!context.engine().facts().isLocal()) {
      try {
        new RemoteFolders(files, own().id(), plan).takeBack();
      } catch (IOException e) {
        context
            .parts()
            .systemLog(job)
            .error("What the job wrote to folders of this machine was not copied back: " + e);
      }
    }
    return new DockerFiles(files, own().id(), plan);
  }

  @Override
  public void send(byte[] request) throws IOException {
    var open = container;
    if (open != null) {
      open.send(request);
    }
  }

  @Override
  public void kill() throws DockerEngineException {
    var open = container;
    if (open != null) {
      open.kill();
    }
  }

  @Override
  public void end(Duration patience) throws DockerEngineException {
    var open = container;
    if (open != null) {
      try {
        leftOvers.remove(open);
      } finally {
        open.detach();
      }
    }
  }

  @Override
  public void remove() throws IOException {
    end(Duration.ZERO);
    ContainerRecord.delete(folder, job);
  }

  @Override
  public void leave() {
    var open = container;
    if (open != null) {
      open.detach();
    }
  }

  private JobContainer own() {
    return Objects.requireNonNull(container, "there is no container");
  }
}
