package io.github.datasphere.emulator.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The rest of an emulator around a runner under test, and what came of its jobs. */
public final class RunnerHarness implements AutoCloseable {
  /** Ends what hangs; engines are slow on a machine that does much else. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final MemoryFiles files = new MemoryFiles();
  private final MemoryJobLog log = new MemoryJobLog();
  private final List<RunnerEvent> events = new CopyOnWriteArrayList<>();
  private final RunnerPorts ports;
  private JobRunner runner;

  /** Makes the runner under test. */
  public RunnerHarness(Start start) {
    ports = new RunnerPorts(files, log, Clock.systemUTC(), new IdSource(new SecureRandom()));
    runner = start.start(ports, events::add);
  }

  /** Closes the runner and makes another, as a new start of the emulator does. */
  public void restart(Start start) {
    runner.close();
    runner = start.start(ports, events::add);
  }

  /** Makes a runner. */
  @FunctionalInterface
  public interface Start {
    JobRunner start(RunnerPorts ports, RunnerEvents events);
  }

  public JobRunner runner() {
    return runner;
  }

  public JobLog log() {
    return log;
  }

  /** A file that is uploaded already. */
  public JobFile file(String path, String var, String content) {
    return file(path, var, content.getBytes(UTF_8), Compression.NONE);
  }

  public JobFile file(String path, String var, byte[] content, Compression compression) {
    var sha256 = files.put(TestJobs.PROJECT, content);
    return new JobFile(new FileDesc(path, var), sha256, content.length, compression);
  }

  /** A directory that is uploaded already: contents by name of the entry. */
  public JobFile directory(String path, String var, Map<String, String> entries) {
    return file(path, var, zip(entries), Compression.ZIP);
  }

  /** Holds up whoever reads an uploaded file from now on. */
  public MemoryFiles.Gate holdFiles() {
    return files.hold();
  }

  /** Where what jobs leave is stored. */
  public MemoryFiles storage() {
    return files;
  }

  /** Takes an uploaded file out of the store. */
  public void forget(JobFile file) {
    files.delete(new FileKey(TestJobs.PROJECT, file.sha256()));
  }

  /** Starts a job and waits until its command has begun. */
  public Job start(Job job) {
    runner.run(job);
    await().atMost(PATIENCE).until(() -> hasStarted(job.id()) || ending(job.id()) != null);
    return job;
  }

  /** Runs a job to its end. */
  public Ending run(Job job) {
    runner.run(job);
    return awaitEnd(job.id());
  }

  public Ending awaitEnd(JobId job) {
    await().atMost(PATIENCE).until(() -> ending(job) != null);
    return ending(job);
  }

  /** Waits until this is among what the job has printed. */
  public void awaitStdout(Job job, String part) {
    await().atMost(PATIENCE).until(() -> stdout(job).contains(part));
  }

  /** Collects a job that has ended. */
  public Collected collect(Job job) {
    int before = collected(job.id()).size();
    beginCollecting(job);
    await().atMost(PATIENCE).until(() -> collected(job.id()).size() > before);
    return collected(job.id()).get(before);
  }

  /** The same; waits for nothing. */
  public void beginCollecting(Job job) {
    runner.collect(TestJobs.ended(job, ending(job.id())));
  }

  /** Waits until what a job left was stored for the first time. */
  public Collected awaitCollected(Job job) {
    await().atMost(PATIENCE).until(() -> !collected(job.id()).isEmpty());
    return collected(job.id()).get(0);
  }

  /** The first output of a job that left nothing behind; why not, if it did. */
  public JobFile output(Job job) {
    var collected = collect(job);
    assertThat(collected.errors())
        .as(() ->
            ending(job.id()) + "; " + logged(job, LogSource.SYSTEM) + logged(job, LogSource.STDERR))
        .isEmpty();
    return collected.outputFiles().get(0);
  }

  public boolean hasStarted(JobId job) {
    return events.contains(new RunnerEvent.Started(job));
  }

  public List<RunnerEvent> events(JobId job) {
    return events.stream().filter(event -> event.job().equals(job)).toList();
  }

  public String stdout(Job job) {
    return logged(job, LogSource.STDOUT);
  }

  public String stderr(Job job) {
    return logged(job, LogSource.STDERR);
  }

  public String systemLog(Job job) {
    return logged(job, LogSource.SYSTEM);
  }

  /** All that one source of a job has logged so far. */
  public String logged(Job job, LogSource source) {
    var all = new ByteArrayOutputStream();
    records(job).stream()
        .filter(record -> record.source().equals(source))
        .forEach(record -> all.writeBytes(record.content()));
    return all.toString(UTF_8);
  }

  public List<LogRecord> records(Job job) {
    return log.read(job.id(), LogSelection.ALL, 0, Integer.MAX_VALUE).records();
  }

  public String text(JobFile file) {
    return new String(files.content(TestJobs.PROJECT, file), UTF_8);
  }

  /** Contents by name of the entry. */
  public Map<String, String> unzip(JobFile file) {
    var entries = new LinkedHashMap<String, String>();
    var bytes = new ByteArrayInputStream(files.content(TestJobs.PROJECT, file));
    try (var zip = new ZipInputStream(bytes)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return entries;
  }

  @Override
  public void close() {
    runner.close();
  }

  private Ending ending(JobId job) {
    return events(job).stream()
        .filter(RunnerEvent.Ended.class::isInstance)
        .map(event -> ((RunnerEvent.Ended) event).ending())
        .findFirst()
        .orElse(null);
  }

  private List<Collected> collected(JobId job) {
    return events(job).stream()
        .filter(RunnerEvent.OutputsCollected.class::isInstance)
        .map(event -> ((RunnerEvent.OutputsCollected) event).collected())
        .toList();
  }

  public static byte[] zip(Map<String, String> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
