package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
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
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The container of a job on the node that the swarm chose. */
final class SwarmSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmSandbox.class);

  /** How often a job may be placed, whether its node is lost before or after its command began. */
  private static final int MOST_PLACES = 3;

  /**
   * What all runs share.
   *
   * @param retries whether a command begins again whose node is lost
   */
  record Context(
      Swarm swarm,
      Nodes nodes,
      Seats seats,
      DockerSettings settings,
      RunnerParts parts,
      boolean retries) {}

  private final JobId job;
  private final Context context;
  private volatile @Nullable Entered entered;
  private int attempt = 1;
  private boolean isLost;

  /** Where the job is. */
  private record Entered(Place place, Sandbox own, Guarded guarded) {}

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
    return find() ? ask(Sandbox::restore) : Optional.empty();
  }

  @Override
  public Optional<Boolean> hasBegun(String script) throws IOException {
    return ask(own -> own.hasBegun(script));
  }

  @Override
  public void clear() throws IOException {
    if (context.parts().isLeased()) {
      return;
    }
    if (find()) {
      tell(Sandbox::clear);
    }
    giveBack();
    if (attempt == 1) {
      forget();
    }
  }

  @Override
  public boolean isRepeated() {
    return attempt > 1;
  }

  @Override
  public boolean beginsAgain() throws IOException {
    if (!context.retries() || !isLost || attempt >= MOST_PLACES) {
      return false;
    }
    isLost = false;
    attempt++;
    save(new Attempt(attempt, "", ""));
    giveBack();
    var log = context.parts().ports().log();
    context
        .parts()
        .systemLog(job)
        .warn("Attempt " + attempt + " of " + MOST_PLACES + " begins (on-node-loss: retry). What it"
            + " prints follows the first " + log.storedBytes(job, LogSource.STDOUT)
            + " bytes of stdout and " + log.storedBytes(job, LogSource.STDERR) + " of stderr");
    return true;
  }

  @Override
  public Map<String, String> prepare(
      Job whole, PlanNames names, JobPlan plan, Cancellation cancellation)
      throws IOException, PreparationException, CancelledException {
    var log = context.parts().systemLog(job);
    for (int tries = 1; ; tries++) {
      var place = context.seats().take(whole, context.settings().size().apply(whole), cancellation);
      var gpus = context.nodes().gpus(job);
      log.info("The job has a place on the node " + place.name()
          + (gpus.isEmpty() ? "" : ", with the GPUs " + String.join(", ", gpus)));
      var own = place.backend().sandbox(job);
      var guarded = enter(place, own);
      try {
        tell(Sandbox::clear);
        save(new Attempt(attempt, place.id(), place.name()));
        return guarded.prepare(() -> own.prepare(whole, names, plan, cancellation));
      } catch (NodeLostException | DockerEngineException e) {
        if (tries == MOST_PLACES
            || (e instanceof DockerEngineException known && !known.isSilence())) {
          throw e;
        }
        log.warn("The node " + place.name() + " does not answer before the command began: the job"
            + " gets another place");
        giveBack();
        context.nodes().awaitNews(place, cancellation);
      }
    }
  }

  /** Saves the node before anything of the job is there, so that the next emulator finds it. */
  private void save(Attempt current) throws IOException {
    if (!context.parts().isLeased()) {
      current.save(context.settings().folder(), job);
    }
  }

  private void forget() throws IOException {
    Attempt.delete(context.settings().folder(), job);
  }

  @Override
  public PythonTools python(PythonPlan plan) throws PreparationException {
    return there().own().python(plan);
  }

  @Override
  public void write(String name, String text) throws IOException {
    tell(own -> own.write(name, text));
  }

  @Override
  public Optional<Report> carryOut(
      String script, Map<String, String> environment, EndMark.Sink out, EndMark.Sink err)
      throws IOException {
    return ask(own -> own.carryOut(script, environment, out, err));
  }

  @Override
  public void begin(String script, PlanNames names, Map<String, String> environment)
      throws IOException {
    tell(own -> own.begin(script, names, environment));
  }

  @Override
  public CommandEnd follow(BooleanSupplier isLeft) throws IOException {
    var place = there().place();
    try {
      var end = ask(own -> own.follow(() -> place.isLost() || isLeft.getAsBoolean()));
      // The connections to a lost node are broken off, and then the command seems to have ended
      return end instanceof CommandEnd.Exited || !place.isLost() ? end : lost(place);
    } catch (NodeLostException e) {
      return lost(place);
    }
  }

  private CommandEnd lost(Place place) {
    isLost = true;
    var words = String.valueOf(new NodeLostException(place).getMessage());
    context.parts().systemLog(job).error(words);
    return new CommandEnd.Lost(EndingReasons.failed(words));
  }

  @Override
  public Watching watch(Consumer<Optional<StatsRow>> look) {
    return there().own().watch(look);
  }

  @Override
  public Optional<String> progress() throws IOException {
    return ask(Sandbox::progress);
  }

  @Override
  public boolean ranOutOfMemory() {
    var there = there();
    return !there.place().isLost() && there.own().ranOutOfMemory();
  }

  @Override
  public JobFiles files(JobPlan plan) throws IOException {
    return ask(own -> own.files(plan));
  }

  @Override
  public void send(byte[] request) throws IOException {
    var there = entered;
    if (there != null && !there.place().isLost()) {
      there.own().send(request);
    }
  }

  @Override
  public void kill() throws IOException {
    if (entered != null) {
      tell(Sandbox::kill);
    }
  }

  @Override
  public void end(Duration patience) {
    try {
      if (isThere()) {
        tell(own -> own.end(patience));
      }
    } catch (IOException e) {
      // What is left is removed later, but the reservation has to be given back now
      LOG.debug("Job {} could not be ended on its node", job, e);
    }
  }

  /** Leaves what is on a lost node; it is swept once the node is back. */
  @Override
  public void remove() throws IOException {
    try {
      if (isThere() || (entered == null && !context.parts().isLeased() && find())) {
        tell(Sandbox::remove);
      }
    } catch (NodeLostException e) {
      LOG.debug("What job {} has left is removed once its node is back", job, e);
    } finally {
      giveBack();
      forget();
    }
  }

  @Override
  public void leave() {
    var there = entered;
    if (there != null) {
      there.own().leave();
    }
  }

  private void giveBack() {
    entered = null;
    context.seats().release(job);
  }

  /** Finds the node that an earlier emulator chose. */
  private boolean find() throws IOException {
    var saved = Attempt.read(context.settings().folder(), job);
    attempt = saved.map(Attempt::number).orElse(attempt);
    if (saved.isEmpty() || saved.get().node().isEmpty()) {
      return false;
    }
    Place place;
    try {
      place = context.nodes().await(saved.get().node(), saved.get().name());
    } catch (NodeLostException e) {
      isLost = true;
      throw e;
    }
    enter(place, place.backend().sandbox(job));
    context.seats().hold(job, place);
    return true;
  }

  private Guarded enter(Place place, Sandbox own) {
    var guarded = new Guarded(place, context.parts(), own::leave);
    entered = new Entered(place, own, guarded);
    return guarded;
  }

  private boolean isThere() {
    var there = entered;
    return there != null && !there.place().isLost();
  }

  private Entered there() {
    return Objects.requireNonNull(entered, "the job has no node");
  }

  private interface Question<T> {
    T of(Sandbox own) throws IOException;
  }

  private interface Order {
    void to(Sandbox own) throws IOException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    var there = there();
    return there.guarded().ask(() -> question.of(there.own()));
  }

  private void tell(Order order) throws IOException {
    ask(own -> {
      order.to(own);
      return true;
    });
  }
}
