package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.CreateJob;
import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.OrderedRunner;
import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The services over an engine in memory, whose runner and time obey the test. Everything happens on
 * the caller's thread: when a call returns, so have its consequences.
 */
public final class GrpcWorld implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final String ADDRESS = "127.0.0.1:9443";

  public final ManualClock clock = new ManualClock(START);
  public final MemoryJobStore store = new MemoryJobStore();
  public final MemoryJobLog log = new MemoryJobLog();
  final FailingLog failing = new FailingLog(log);
  public final OpenStreams streams = new OpenStreams();
  public final JobEngine engine;
  private final LocalFileStore files;
  private final GrpcServices services;
  private final Server server;
  private final ManagedChannel channel;
  private @Nullable OrderedRunner runner;
  private volatile boolean broken;
  private volatile @Nullable Error fatal;
  private volatile Optional<String> address = Optional.of(ADDRESS);

  public GrpcWorld(Path folder) throws IOException {
    this(folder, EngineSettings.defaults(), TokenRules.OPEN, List.of());
  }

  public GrpcWorld(
      Path folder, EngineSettings settings, TokenRules rules, List<ServerInterceptor> around)
      throws IOException {
    this(folder, settings, rules, around, Runnable::run);
  }

  /** Sends log records on with this executor. */
  GrpcWorld(
      Path folder,
      EngineSettings settings,
      TokenRules rules,
      List<ServerInterceptor> around,
      Executor executor)
      throws IOException {
    this.files = LocalFileStore.temporary(
        folder, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost:9099"));
    this.engine = new JobEngine(
        new EnginePorts(store, files, failing, clock),
        events -> runner = new OrderedRunner(events),
        new IdSource(new Random(1)),
        settings);
    var tokens = new TokenService(rules, new byte[32], clock.clock());
    this.services =
        new GrpcServices(this::served, () -> tokens, () -> address, streams, executor, around);
    var name = InProcessServerBuilder.generateName();
    var builder = InProcessServerBuilder.forName(name).directExecutor();
    definitions().forEach(builder::addService);
    this.server = builder.build().start();
    this.channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  public List<ServerServiceDefinition> definitions() {
    return services.definitions();
  }

  /** Sends no token by itself. */
  public ManagedChannel channel() {
    return channel;
  }

  public Stubs stubs() {
    return new Stubs(channel, "Bearer t1.token");
  }

  /** From now on every call finds a fault of ours. */
  void breakEngine() {
    broken = true;
  }

  /** From now on every call ends in this. */
  void breakEngineWith(Error error) {
    fatal = error;
  }

  private JobEngine served() {
    if (fatal != null) {
      throw fatal;
    }
    if (broken) {
      throw new IllegalStateException("a fault with secrets in its words");
    }
    return engine;
  }

  /** A new job that does nothing. */
  JobId createJob() {
    var parameters = new ParametersBuilder().build();
    var project = new ProjectId("bt1project");
    var request = new CreateJob(project, parameters, "", "", "", Duration.ofDays(14));
    return Objects.requireNonNull(engine.create(request, Caller.LOCAL).jobId());
  }

  /** From now on there is no port that clients could be told. */
  public void withoutPort() {
    address = Optional.empty();
  }

  public OrderedRunner runner() {
    return Objects.requireNonNull(runner);
  }

  /** What a client announces of a file with this content. */
  public static JobFile file(String path, String var, String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return new JobFile(
        new FileDesc(path, var), Contents.sha256(bytes), bytes.length, Compression.NONE);
  }

  /** Does what a PUT to the URL of this file does. */
  public void upload(JobId job, JobFile file, String content) throws IOException {
    var grant = new FileGrant(
        FileGrant.Method.PUT, job, key(job, file), file.sizeBytes(), START.plusSeconds(60));
    engine.acceptUpload(grant, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** Stores it as a runner does. */
  public JobFile store(ProjectId project, String path, String var, String content)
      throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    try (var staged = files.stage(project, new ByteArrayInputStream(bytes), bytes.length)) {
      staged.publish();
    }
    return file(path, var, content);
  }

  public boolean isStored(JobId job, JobFile file) throws IOException {
    return files.contains(key(job, file));
  }

  public void print(JobId job, LogSource source, String text) {
    log.append(job, new LogRecord(source, clock.now(), text.getBytes(StandardCharsets.UTF_8)));
  }

  private FileKey key(JobId job, JobFile file) {
    return new FileKey(engine.job(job).projectId(), file.sha256());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    engine.close();
    log.close();
    files.close();
    store.close();
  }
}
