package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.capacity.Demand;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An engine in memory whose runner and time obey the test. */
public final class EngineFixture {
  static final ProjectId PROJECT = new ProjectId("bt1fakeproject00000");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration TTL = Duration.ofDays(14);

  public final JobStore store;
  public final HookedFiles files;
  public final LogNotes logs = new LogNotes();
  final ManualClock clock = new ManualClock(START);
  public final JobEngine engine;
  private @Nullable OrderedRunner runner;

  public EngineFixture(Path folder) throws IOException {
    this(folder, new MemoryJobStore(), Budget.UNLIMITED);
  }

  public EngineFixture(Path folder, JobStore store, Budget budget) throws IOException {
    this(folder, store, budget, EngineSettings.NO_QUOTA);
  }

  EngineFixture(Path folder, JobStore store, Budget budget, int quota) throws IOException {
    this.store = store;
    this.files = new HookedFiles(new LocalFileStore(
        folder, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost")));
    var settings = new EngineSettings(
        InstanceTypes.standard(),
        false,
        false,
        Duration.ofHours(24),
        Duration.ofDays(7),
        budget,
        quota,
        job -> new Demand(1, 4, 1));
    this.engine = new JobEngine(
        new EnginePorts(store, files, logs, clock),
        events -> runner = new OrderedRunner(events),
        new IdSource(new Random(1)),
        settings);
  }

  public OrderedRunner runner() {
    return Objects.requireNonNull(runner);
  }

  public Operation submit(JobParameters parameters) {
    return engine.create(new CreateJob(PROJECT, parameters, "", "name", "", TTL), Caller.LOCAL);
  }

  public JobId create(JobParameters parameters) {
    return Objects.requireNonNull(submit(parameters).jobId());
  }

  public JobId create() {
    return create(new ParametersBuilder().build());
  }

  /** A new job whose command runs. */
  JobId executing() {
    var id = create();
    engine.execute(id);
    runner().started(id);
    return id;
  }

  /** A new job that has ended with this code. */
  JobId ended(int code) {
    var id = executing();
    runner().exited(id, code);
    runner().collected(id, Collected.NOTHING);
    return id;
  }

  public Job job(JobId id) {
    return engine.job(id);
  }

  public static JobFile file(String path, byte[] content) {
    return new JobFile(
        new FileDesc(path, ""), Contents.sha256(content), content.length, Compression.NONE);
  }

  /** Of a job with an input that is not uploaded. */
  static JobParameters withInput(String path) {
    var parameters = new ParametersBuilder();
    parameters.inputs.add(file(path, path.getBytes(StandardCharsets.UTF_8)));
    return parameters.build();
  }

  /** Stores it as a runner does. */
  JobFile stored(JobId job, String path, byte[] content) throws IOException {
    try (var staged = files.stage(PROJECT, new ByteArrayInputStream(content), content.length)) {
      runner().publish(job, staged);
    }
    return file(path, content);
  }

  public void upload(JobId job, JobFile file, byte[] content) throws IOException {
    engine.acceptUpload(
        new FileGrant(FileGrant.Method.PUT, job, key(file), file.sizeBytes(), START.plus(TTL)),
        new ByteArrayInputStream(content));
  }

  public boolean isStored(JobFile file) throws IOException {
    return files.contains(key(file));
  }

  static FileKey key(JobFile file) {
    return new FileKey(PROJECT, file.sha256());
  }

  public static Collected outputs(JobFile... files) {
    return new Collected(List.of(files), List.of(), List.of(), List.of(), List.of());
  }
}
