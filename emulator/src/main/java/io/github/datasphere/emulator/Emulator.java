package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.grpc.GrpcServices;
import io.github.datasphere.emulator.grpc.OpenStreams;
import io.github.datasphere.emulator.http.FaultyTransfers;
import io.github.datasphere.emulator.http.HttpFrontend;
import io.github.datasphere.emulator.http.HttpParts;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Operation;
import io.github.datasphere.emulator.job.Origins;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.scripted.JobView;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.testing.CallWatcher;
import io.github.datasphere.emulator.testing.Faults;
import io.github.datasphere.emulator.testing.Journal;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.emulator.testing.Timeline;
import io.github.datasphere.emulator.testing.Watch;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running emulator: the service with all that its clients need, in this process. Closing it ends
 * everything that it started, but for jobs that a data directory keeps for the next start.
 */
public final class Emulator implements AutoCloseable {
  private static final int STATUS_PAGE_JOBS = 50;
  private static final int LOG_SENDERS = 8;
  private static final long TEST_SEED = 1;

  private final Foundations foundations;
  private final HttpFrontend http;
  private final OpenStreams streams = new OpenStreams();
  private final ExecutorService logSenders =
      Executors.newFixedThreadPool(LOG_SENDERS, Daemons::log);
  private final Map<String, Supplier<ServerServiceDefinition>> services;
  private final InProcess inProcess;
  private final Worlds worlds;
  private @Nullable Ports ports;
  private final Openness openness = new Openness();

  private Emulator(
      EmulatorConfig config, boolean manualTime, Workspace workspace, HttpPorts httpPorts)
      throws IOException {
    var watch = new Watch(config.jobs().runner() == RunnerKind.SCRIPTED);
    var signer = new UrlSigner(workspace.key("urls"));
    var clock = new WorldClock(() -> world().scheduler().clock());
    var tokens = new TokenService(Settings.tokens(config), workspace.key("tokens"), clock);
    var parts = new HttpParts(
        this::engine,
        () -> engine().latest(STATUS_PAGE_JOBS),
        signer,
        () -> world().tokens(),
        clock,
        new FaultyTransfers(this::testState));
    this.http = new HttpFrontend(Ports.http(config.network()), parts, httpPorts);
    this.foundations =
        new Foundations(config, manualTime, workspace, signer, http::baseUri, tokens, watch);
    try (var opened = new Opened()) {
      this.worlds = opened.add(new Worlds(foundations, streams), Worlds::close);
      this.services = new GrpcServices(
              this::engine,
              () -> world().tokens(),
              () -> Ports.tls(ports),
              streams,
              manualTime ? Runnable::run : logSenders,
              List.of(new CallWatcher(this::testState, watch)))
          .byName(new ControlDesk(this, worlds));
      this.inProcess = new InProcess(services);
      opened.keep();
    }
  }

  /**
   * Starts a test double for this process alone: jobs run by script, time stands still until the
   * test moves it, ids are the same in every run. No port is opened before a file URL is needed.
   */
  public static Emulator inProcess() {
    return testDouble(EmulatorConfig.onFreePorts(), false, new HttpPorts(0));
  }

  /**
   * The same with other settings: the runner is the scripted one and time is moved by hand,
   * whatever they say.
   *
   * @param withPorts whether it listens on the configuration's ports as a server does
   * @param httpPorts where it gets its port for file URLs, and leaves it at its end
   * @throws EmulatorException if it can't start; the message says why and what to do
   */
  public static Emulator testDouble(EmulatorConfig config, boolean withPorts, HttpPorts httpPorts) {
    var jobs = config.jobs().with(RunnerKind.SCRIPTED);
    var scripted = config.with(jobs.seed().isPresent() ? jobs : jobs.withSeed(TEST_SEED));
    var emulator = open(scripted, true, httpPorts);
    return withPorts ? emulator.withPorts() : emulator;
  }

  /**
   * Starts a server on the ports of the configuration.
   *
   * @throws EmulatorException if it can't; the message says why and what to do
   */
  public static Emulator start(EmulatorConfig config) {
    return inProcess(config).withPorts();
  }

  /**
   * Starts one for this process alone: reached through {@link #channel}, with a port for file URLs
   * that is opened when the first one is needed.
   *
   * @throws EmulatorException if it can't; the message says why and what to do
   */
  public static Emulator inProcess(EmulatorConfig config) {
    return open(config, false, new HttpPorts(0));
  }

  private static Emulator open(EmulatorConfig config, boolean manualTime, HttpPorts httpPorts) {
    Exposure.check(config);
    try {
      var workspace = Workspace.open(config.storage().dataDir());
      try {
        return new Emulator(config, manualTime, workspace, httpPorts);
      } catch (IOException | RuntimeException | LinkageError e) {
        workspace.close();
        throw e;
      }
    } catch (IOException | UncheckedIOException | LinkageError e) {
      throw StartFailure.of(e, config.storage().dataDir());
    }
  }

  /** A new in-process channel to the services; the caller shuts it down. */
  public ManagedChannel channel(ClientInterceptor... interceptors) {
    openness.check();
    return inProcess.channel(interceptors);
  }

  /**
   * Where clients find the ports.
   *
   * @throws IllegalStateException if this emulator has none
   */
  public Addresses addresses() {
    if (ports == null) {
      throw Origins.inAuthorsCode(new IllegalStateException(
          "this emulator has no ports: start it with Emulator.start, or in a test with"
              + " @DataSphereEmulator(transport = Transport.TCP)"));
    }
    return ports.addresses();
  }

  /**
   * The time, to be moved by the test.
   *
   * @throws IllegalStateException if this emulator runs on the system's time
   */
  public ManualClock clock() {
    openness.check();
    if (world().scheduler() instanceof ManualClock clock) {
      return clock;
    }
    throw Origins.inAuthorsCode(new IllegalStateException(
        "this emulator runs on the system's time: use Emulator.inProcess() to move it by hand"));
  }

  /**
   * Orders what jobs do instead of running their commands. Of several orders for a job the one made
   * last is taken, so that a test can refine what a set-up method ordered for all.
   *
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public ScriptBook.Stub whenExecuted(Predicate<JobView> jobs) {
    return scripted().scripts().whenExecuted(jobs);
  }

  /**
   * Puts a job in, of any age and in any state that lasts, without a call of the API.
   *
   * @param seed says what it is like, from a job that succeeded just now
   * @return its id
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public JobId givenJob(UnaryOperator<JobSeed> seed) {
    return scripted().seeder().put(seed.apply(JobSeed.succeeded()));
  }

  /**
   * Puts a file into a project's storage as if a client had uploaded it, so that a Create that
   * names it has nothing to upload.
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
   * Lets so many jobs be active from now on; the operation of the next Execute ends after three
   * seconds of the emulator's time with RESOURCE_EXHAUSTED, as the real service's quota does it.
   *
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public void givenQuota(int jobs) {
    openness.check();
    engine().limitTo(jobs);
  }

  /**
   * A sentence for each thing that a test should not leave behind: a job that runs, a script that
   * was never run, a job without a script, a fault that never happened, a call left open, a field
   * that the emulator does not honour.
   */
  public List<String> undone() {
    return new Undone(watched()).problems();
  }

  /**
   * The scripts that were ordered, and what became of them.
   *
   * @throws IllegalStateException if this emulator runs the commands themselves
   */
  public ScriptBook scripts() {
    return scripted().scripts();
  }

  /** Orders what goes wrong with calls, and with uploads and downloads unless those go to MinIO. */
  public Faults faults() {
    return watched().testState().faults();
  }

  /**
   * Every request with its answer; where jobs run their own commands, from the first call of this
   * method, {@link #faults} or {@link #timeline} on.
   */
  public Journal journal() {
    return watched().testState().journal();
  }

  /**
   * What a job has printed to one of its streams or log files so far.
   *
   * @throws io.github.datasphere.emulator.job.RejectedException if there is no such job
   */
  public String log(JobId job, LogSource source) {
    return new LogText(source).of(engine().readLogs(job, 0));
  }

  /** Where a client gets this file of a job; good for as long as such URLs are. */
  public URI downloadUrl(Job job, JobFile file) {
    return engine().links().download(job.id(), job.projectId(), file);
  }

  /**
   * An operation as clients see it now: as open if a fault says so.
   *
   * @throws io.github.datasphere.emulator.job.RejectedException if there is none
   */
  public Operation operation(OperationId id) {
    return testState().shown(engine().operation(id));
  }

  /** All jobs of all projects, newest first, as the emulator holds them. */
  public List<Job> jobs() {
    openness.check();
    return engine().latest(Integer.MAX_VALUE);
  }

  /** What happened to each job, from the same moment on as in {@link #journal}. */
  public Timeline timeline() {
    return watched().testState().timeline();
  }

  /**
   * Starts anew with an empty world: no job, no script, the first instant. Whatever of the old one
   * is still under way changes nothing any more; its log streams end with CANCELLED.
   *
   * @throws IllegalStateException if it is called from inside a script or callback
   */
  public void reset() {
    openness.check();
    worlds.reset(foundations.manualTime());
  }

  /**
   * Keeps all that there is now: jobs, operations, files, logs, the time, scripts and how far jobs
   * have come in them, gates, faults, journal and timeline.
   *
   * @throws IllegalStateException if this emulator runs the jobs' own commands, or something is
   *     going on: called from inside a script or callback, or beside another thread's calls
   */
  public Savepoint save() {
    openness.check();
    return worlds.save();
  }

  /**
   * Is again as it was at this savepoint, in a new world: what is still under way changes nothing
   * any more, and log streams end with CANCELLED. Stubs and faults that a test holds from before
   * belong to the world that is gone.
   *
   * @throws IllegalArgumentException if it was taken from another emulator
   * @throws IllegalStateException if it is called from inside a script or callback
   */
  public void restore(Savepoint savepoint) {
    openness.check();
    worlds.restore(savepoint);
  }

  /** False once it is closed. */
  public boolean isOpen() {
    return !openness.isOver();
  }

  @Override
  public void close() {
    openness.end();
    if (ports != null) {
      ports.close();
    }
    inProcess.close();
    http.close();
    worlds.close();
    logSenders.shutdownNow();
    foundations.workspace().close();
  }

  private World world() {
    return worlds.current();
  }

  private World watched() {
    openness.check();
    return worlds.watched();
  }

  private World scripted() {
    openness.check();
    return worlds.scripted();
  }

  private TestState testState() {
    return world().testState();
  }

  private JobEngine engine() {
    return world().engine();
  }

  private Emulator withPorts() {
    try {
      http.start();
      var made = services.values().stream().map(Supplier::get).toList();
      ports = Ports.open(
          foundations.config().network(),
          foundations.workspace(),
          new ServedCalls(
              made, !foundations.isScripted() && foundations.workspace().isTemporary()),
          http::baseUri);
      return this;
    } catch (IOException | RuntimeException | LinkageError e) {
      close();
      throw StartFailure.of(e, foundations.config().storage().dataDir());
    }
  }
}
