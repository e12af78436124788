package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.Daemons;
import io.github.datasphere.emulator.base.Opened;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.control.ControlDesk;
import io.github.datasphere.emulator.control.FaceSide;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.face.Face;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.grpc.GrpcServices;
import io.github.datasphere.emulator.grpc.OpenStreams;
import io.github.datasphere.emulator.http.FaultyTransfers;
import io.github.datasphere.emulator.http.HttpFrontend;
import io.github.datasphere.emulator.http.HttpParts;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.runner.scripted.JobView;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.server.InProcess;
import io.github.datasphere.emulator.server.Ports;
import io.github.datasphere.emulator.testing.CallWatcher;
import io.github.datasphere.emulator.testing.Faults;
import io.github.datasphere.emulator.testing.Journal;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.emulator.testing.Timeline;
import io.github.datasphere.emulator.tokens.TokenService;
import io.github.datasphere.emulator.wiring.DirectUploads;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import io.github.datasphere.emulator.wiring.PartSettings;
import io.github.datasphere.emulator.wiring.StartFailure;
import io.github.datasphere.emulator.world.ClientView;
import io.github.datasphere.emulator.world.Openness;
import io.github.datasphere.emulator.world.StrictModeProblems;
import io.github.datasphere.emulator.world.World;
import io.github.datasphere.emulator.world.Worlds;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running emulator: the service and all that its clients need, in this process. Closing it ends
 * everything that it started, except jobs that the data directory keeps for the next start.
 */
public final class Emulator implements AutoCloseable {
  private final EmulatorContext context;
  private final HttpFrontend http;
  private final OpenStreams streams = new OpenStreams();
  private final ExecutorService logSenders = Executors.newFixedThreadPool(8, Daemons::log);
  private final Map<String, Supplier<ServerServiceDefinition>> services;
  private final InProcess inProcess;
  private final Worlds worlds;
  private final FaceSide face;
  private @Nullable Ports ports;
  private final Openness openness = new Openness();

  Emulator(EmulatorConfig config, boolean manualTime, Workspace workspace, HttpPorts httpPorts)
      throws IOException {
    var watch = new RecordingSwitch(config.jobs().runner() == RunnerKind.SCRIPTED, manualTime);
    var signer = new UrlSigner(workspace.key("urls"));
    var clock = Worlds.clock(() -> world().scheduler().clock());
    var tokens = new TokenService(PartSettings.tokens(config), workspace.key("tokens"), clock);
    var parts = new HttpParts(
        () -> world().engine(),
        () -> face(), // as this::face its class would be loaded at once
        () -> Ports.certificate(ports),
        signer,
        () -> world().tokens(),
        clock,
        new FaultyTransfers(() -> world().testState(), watch));
    this.http = new HttpFrontend(Ports.http(config.network()), parts, httpPorts);
    this.context =
        new EmulatorContext(config, manualTime, workspace, signer, http::baseUri, tokens, watch);
    try (var opened = new Opened()) {
      this.worlds = opened.add(new Worlds(context, streams), Worlds::close);
      var desk = new ControlDesk(worlds);
      this.face = new FaceSide(context, worlds, desk, () -> ports);
      this.services = new GrpcServices(
              () -> world().engine(),
              () -> world().tokens(),
              () -> Ports.tls(ports),
              streams,
              manualTime ? Runnable::run : logSenders,
              List.of(new CallWatcher(() -> world().testState(), watch)))
          .byName(desk);
      this.inProcess = new InProcess(services);
      opened.keep();
    }
  }

  /**
   * Starts a test double for this process: jobs run by script, time stands still until the test
   * moves it, ids are the same in every run, and no port is open until a file URL is needed.
   */
  public static Emulator inProcess() {
    return testDouble(EmulatorConfig.onFreePorts(), false, new HttpPorts(0));
  }

  /**
   * Starts a test double with other settings; its jobs run by script on time that is moved by hand.
   *
   * @param withPorts whether it listens on the configuration's ports as a server does
   * @param httpPorts gives it the port for file URLs, and takes that port back when it closes
   * @throws EmulatorException if it cannot start; the message says why and what to do
   */
  public static Emulator testDouble(EmulatorConfig config, boolean withPorts, HttpPorts httpPorts) {
    var jobs = config.jobs().with(RunnerKind.SCRIPTED);
    var scripted = config.with(jobs.seed().isPresent() ? jobs : jobs.withSeed(1));
    var emulator = EmulatorException.started(
        scripted, workspace -> new Emulator(scripted, true, workspace, httpPorts));
    return withPorts ? emulator.withPorts() : emulator;
  }

  /**
   * Starts a server on the ports of the configuration.
   *
   * @throws EmulatorException if it cannot; the message says why and what to do
   */
  public static Emulator start(EmulatorConfig config) {
    return inProcess(config).withPorts();
  }

  /**
   * Starts an emulator that {@link #channel} reaches; its first file URL opens a port for those.
   *
   * @throws EmulatorException if it cannot; the message says why and what to do
   */
  public static Emulator inProcess(EmulatorConfig config) {
    return EmulatorException.started(
        config, workspace -> new Emulator(config, false, workspace, new HttpPorts(0)));
  }

  /** A new in-process channel to the services; the caller shuts it down. */
  public ManagedChannel channel(ClientInterceptor... interceptors) {
    openness.check();
    return inProcess.channel(interceptors);
  }

  /** Takes in files without HTTP; empty if MinIO keeps them. */
  public Optional<DirectUploads> uploads() {
    return context.uploads(() -> world().engine());
  }

  /**
   * Returns where clients find the ports.
   *
   * @throws IllegalStateException if this emulator has none
   */
  public Addresses addresses() {
    return Addresses.of(ports);
  }

  /**
   * The clock of the emulator, which the test moves.
   *
   * @throws IllegalStateException if this emulator runs on the system's time
   */
  public ManualClock clock() {
    openness.check();
    return worlds.manualClock();
  }

  /**
   * Orders what jobs do instead of running their commands. If several orders fit a job, the latest
   * one counts, so a test can refine what a set-up method ordered for all jobs.
   *
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public ScriptBook.Stub whenExecuted(Predicate<JobView> jobs) {
    return scripted().scripts().whenExecuted(jobs);
  }

  /**
   * Puts a job in without a call of the API. The job may have any age and any lasting state.
   *
   * @param seed changes a job that succeeded just now into the one that is wanted
   * @return its id
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public String givenJob(UnaryOperator<JobSeed> seed) {
    return scripted().seeder().put(seed.apply(JobSeed.succeeded()).job()).value();
  }

  /**
   * Puts a file into a project's storage as if a client had uploaded it.
   *
   * @return the digest of the content (sha256) in lower-case hexadecimal
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public String givenFile(String project, byte[] content) {
    return scripted().seeder().put(project, content);
  }

  /**
   * Gives the jobs that run from now on a secret, which scripts find in
   * {@link io.github.datasphere.emulator.runner.scripted.ScriptedJob#environment}.
   *
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public void givenSecret(String name, String value) {
    scripted().secrets().put(name, value);
  }

  /**
   * Limits how many jobs may be active. The operation of an Execute beyond the limit ends with
   * RESOURCE_EXHAUSTED after three seconds of the emulator's time, as on the real service.
   *
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public void givenQuota(int jobs) {
    openness.check();
    world().engine().limitTo(jobs);
  }

  /** Returns a sentence for each thing that a test should not leave behind. */
  public List<String> undone() {
    return new StrictModeProblems(watched()).problems();
  }

  /** Orders what goes wrong with calls, and with uploads and downloads unless those go to MinIO. */
  public Faults faults() {
    return watched().testState().faults();
  }

  /**
   * Returns every request with its answer. If jobs run their own commands, recording begins with
   * the first call of this method, {@link #faults} or {@link #timeline}.
   */
  public Journal journal() {
    return watched().testState().journal();
  }

  /**
   * Returns what a job has printed so far.
   *
   * @param log {@code stdout}, {@code stderr}, or the name of a file, such as {@code .system.log}
   * @throws IllegalArgumentException if there is no such job
   */
  public String log(String job, String log) {
    return seen().log(job, log);
  }

  /**
   * Returns the code that a job's program ended with by itself; empty if it did not, or not yet.
   *
   * @throws IllegalArgumentException if there is no such job
   */
  public OptionalInt exitCode(String job) {
    return seen().exitCode(job);
  }

  /**
   * Returns a URL for an output or log file of a job; empty if it has none of this path or
   * variable.
   *
   * @throws IllegalArgumentException if there is no such job
   */
  public Optional<URI> downloadUrl(String job, String path) {
    return seen().downloadUrl(job, path);
  }

  /** Returns an operation as clients see it now; empty if it is unknown. */
  public Optional<Operation> operation(String id) {
    return seen().operation(id);
  }

  /** Returns a job as clients see it; empty if there is none of this id. */
  public Optional<Job> job(String id) {
    return seen().job(id);
  }

  /** Returns all jobs of all projects as clients see them, newest first. */
  public List<Job> jobs() {
    return seen().jobs();
  }

  /** Returns what happened to each job, recorded from the same moment as {@link #journal}. */
  public Timeline timeline() {
    return watched().testState().timeline();
  }

  /**
   * Starts again with an empty world: no job, no script, the first instant. Work still in progress
   * in the old world is discarded, and its log streams end with CANCELLED.
   *
   * @throws IllegalStateException if it is called from inside a script or callback
   */
  public void reset() {
    openness.check();
    EmulatorException.told(() -> worlds.reset(context.manualTime()));
  }

  /**
   * Saves all that there is now: jobs, operations, files, logs, the time, scripts and how far jobs
   * have come in them, gates, faults, journal and timeline.
   *
   * @throws IllegalStateException if this emulator runs the jobs' own commands, if this is called
   *     from inside a script or callback, or if another thread's call is in progress
   */
  public Savepoint save() {
    openness.check();
    return new Savepoint(context, worlds.save());
  }

  /**
   * Restores this savepoint in a new world, as {@link #reset} does: old stubs and faults are gone.
   *
   * @throws IllegalArgumentException if the savepoint was taken from another emulator
   * @throws IllegalStateException if it is called from inside a script or callback
   */
  public void restore(Savepoint savepoint) {
    openness.check();
    var state = savepoint.stateFor(context);
    EmulatorException.told(() -> worlds.restore(state));
  }

  /** Saves jobs, their calls and logs in a file that {@code datasphere-emulator console} shows. */
  public void saveJobs(List<String> ids, Path file) throws IOException {
    watched().saver().save(ids, file);
  }

  /** Returns the token with which programs use the HTTP and JSON face (docs/http-api.md). */
  public String httpToken() {
    return face.access().token();
  }

  /** Returns a link that lets one browser into the console, for one use. */
  public URI consoleLink() {
    return http.baseUri().resolve(face.access().newLink());
  }

  /** Returns false once it is closed. */
  public boolean isOpen() {
    return !openness.isOver();
  }

  @Override
  public void close() {
    if (!openness.end()) {
      return;
    }
    Ports.closeIfOpen(ports);
    inProcess.close();
    face.close();
    http.close();
    worlds.close();
    logSenders.shutdownNow();
    context.workspace().close();
  }

  private Face face() {
    return face.face();
  }

  private World world() {
    return worlds.current();
  }

  private World watched() {
    openness.check();
    return worlds.watchedWhole();
  }

  private World scripted() {
    openness.check();
    return worlds.scripted();
  }

  private ClientView seen() {
    openness.check();
    return new ClientView(world());
  }

  private Emulator withPorts() {
    try {
      http.start();
      ports = Ports.open(context, services.values(), http::baseUri);
      return this;
    } catch (IOException | RuntimeException | LinkageError e) {
      close();
      throw new EmulatorException(StartFailure.of(e, context.config().storage().dataDir()));
    }
  }
}
