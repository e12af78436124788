package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SandboxPaths;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.progress.StatsRow;
import io.github.datasphere.emulator.runner.run.CommandEnd;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.PythonTools;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.run.SavedRun;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The container of a job on the node that the swarm chose. */
final class SwarmSandbox implements Sandbox {
  private static final String NODE = "node";
  private static final long BETWEEN_LOOKS_SECONDS = 1;

  /** What all runs share. */
  record Context(
      Swarm swarm,
      Map<String, Node> nodes,
      Seats seats,
      NodeWatch watch,
      DockerSettings settings,
      RunnerParts parts) {}

  private final JobId job;
  private final Context context;
  private volatile @Nullable Node node;
  private volatile @Nullable Sandbox open;
  private volatile boolean isLost;

  SwarmSandbox(JobId job, Context context) {
    this.job = job;
    this.context = context;
  }

  @Override
  public SandboxPaths layout() {
    return ContainerPaths.LAYOUT;
  }

  @Override
  public String state() {
    return ContainerPaths.STATE;
  }

  @Override
  public Optional<PlanNames> restore() throws IOException {
    return find() ? own().restore() : Optional.empty();
  }

  @Override
  public Optional<Boolean> hasBegun(String script) throws IOException {
    return own().hasBegun(script);
  }

  @Override
  public void clear() throws IOException {
    if (context.parts().isLeased()) {
      return;
    }
    if (find()) {
      own().clear();
    }
    giveBack();
  }

  /** Saves the node before anything of the job is there, so that the next emulator finds it. */
  @Override
  public Map<String, String> prepare(
      Job whole, PlanNames names, JobPlan plan, Cancellation cancellation)
      throws IOException, PreparationException, CancelledException {
    var size = context.settings().size().apply(whole);
    var place = context.seats().take(whole, size, cancellation);
    context.parts().systemLog(job).info("The job has a place on the node " + place.name());
    if (!context.parts().isLeased()) {
      new SavedRun(Map.of(NODE, place.id()), names).save(file());
    }
    enter(place);
    return own().prepare(whole, names, plan, cancellation);
  }

  @Override
  public PythonTools python(PythonPlan plan) throws PreparationException {
    return own().python(plan);
  }

  @Override
  public void write(String name, String text) throws IOException {
    own().write(name, text);
  }

  @Override
  public Optional<Report> carryOut(
      String script, Map<String, String> environment, EndMark.Sink out, EndMark.Sink err)
      throws IOException {
    return own().carryOut(script, environment, out, err);
  }

  @Override
  public void begin(String script, PlanNames names, Map<String, String> environment)
      throws IOException {
    own().begin(script, names, environment);
  }

  /** Stops waiting for a node that is gone, which never says that it is. */
  @Override
  public CommandEnd follow(BooleanSupplier isLeft) throws IOException {
    var following =
        context.parts().threads().submit(() -> own().follow(() -> isLost || isLeft.getAsBoolean()));
    while (true) {
      try {
        return following.get(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        var since = context.watch().lostSince(place().id());
        if (since.isPresent()) {
          isLost = true;
          own().leave();
          return lost(since.get());
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException known) {
          throw known;
        }
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandEnd.Left();
      }
    }
  }

  @Override
  public Watching watch(Consumer<Optional<StatsRow>> look) {
    return own().watch(look);
  }

  @Override
  public Optional<String> progress() throws IOException {
    return isLost ? Optional.empty() : own().progress();
  }

  @Override
  public boolean ranOutOfMemory() {
    return !isLost && own().ranOutOfMemory();
  }

  @Override
  public JobFiles files(JobPlan plan) throws IOException {
    return own().files(plan);
  }

  @Override
  public void send(byte[] request) throws IOException {
    var there = open;
    if (there != null) {
      there.send(request);
    }
  }

  @Override
  public void kill() throws IOException {
    var there = open;
    if (there != null) {
      there.kill();
    }
  }

  @Override
  public void end(Duration patience) throws IOException {
    var there = open;
    if (there != null && !isLost) {
      there.end(patience);
    }
  }

  @Override
  public void remove() throws IOException {
    if (isLost) {
      // The next start of the emulator sweeps the node, once it is back
      giveBack();
      return;
    }
    if (open != null || find()) {
      own().remove();
    }
    giveBack();
  }

  @Override
  public void leave() {
    var there = open;
    if (there != null) {
      there.leave();
    }
  }

  private void giveBack() throws IOException {
    context.swarm().release(job.value());
    Files.deleteIfExists(file());
  }

  private CommandEnd lost(Instant since) {
    return new CommandEnd.Lost(EndingReasons.failed("The node " + place().name()
        + " of the swarm is lost, its last sign of life was at " + since
        + ", so the job's exit code is not known: see that the node runs and is connected, and"
        + " execute the job again."));
  }

  /** Finds the node that an earlier emulator chose. */
  private boolean find() throws IOException {
    var saved = SavedRun.read(file());
    var known = saved.map(run -> context.nodes().get(run.fact(NODE)));
    known.ifPresent(this::enter);
    return known.isPresent();
  }

  private void enter(Node place) {
    node = place;
    open = place.backend().sandbox(job);
  }

  private Path file() {
    return context.settings().folder().resolve(job.value() + ".node.properties");
  }

  private Node place() {
    return Objects.requireNonNull(node, "the job has no node");
  }

  private Sandbox own() {
    return Objects.requireNonNull(open, "the job has no node");
  }
}
