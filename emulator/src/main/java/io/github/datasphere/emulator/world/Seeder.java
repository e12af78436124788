package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.JobEndings;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.LogFiles;
import io.github.datasphere.emulator.runner.LogFiles.LogFile;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts jobs into a world as if they had been there before. */
public record Seeder(EnginePorts ports, IdSource ids, JobEngine engine, ScriptBook scripts) {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final String INSTANCE_TYPE = "c1.4";
  private static final Ending.Exited FAILED = new Ending.Exited(1, "");

  /** The log files of every job whose command has begun (service-behaviour 5.9). */
  private static final List<LogFile> LOG_FILES =
      List.of(LogFile.STDOUT, LogFile.STDERR, LogFile.SYSTEM);

  public JobId put(GivenJob seed) {
    var id = ids.nextJob();
    var status = seed.status();
    var created = ports.scheduler().clock().instant().minus(seed.age());
    print(id, seed.texts().stdout(), created);
    var results = status.isTerminal() ? collected(id, seed) : Collected.NOTHING;
    var operation = status == JobStatus.CREATING ? null : ids.nextOperation();
    var execution = new Execution(
        operation,
        INSTANCE_TYPE,
        status == JobStatus.CREATING || status == JobStatus.PREPARING ? null : created,
        null,
        null,
        ending(status),
        null);
    var job = new Job(
        id,
        new ProjectId(seed.texts().project()),
        ports.store().nextSeq(),
        submission(seed, created),
        status,
        details(status),
        execution,
        status.isTerminal() ? created : null,
        results,
        DataRetention.from(created, seed.ttl()));
    if (status.isActive()) {
      scripts.whenExecuted(view -> view.id().equals(id.value())).thenRun(script(seed));
    }
    engine.adopt(job, operation == null ? List.of() : List.of(operation(job, created)));
    return id;
  }

  private static Script script(GivenJob seed) {
    return seed.status() == JobStatus.PREPARING
        ? seed.script().preparesFor(FOR_EVER)
        : seed.script();
  }

  private void print(JobId id, String text, Instant at) {
    if (!text.isEmpty()) {
      ports
          .logs()
          .append(id, new LogRecord(LogSource.STDOUT, at, text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /**
   * Stores a file as if a client had uploaded it. Until a job claims it, a clean-up may remove it.
   */
  public String put(String project, byte[] content) {
    return store(new ProjectId(project), new FileDesc("", ""), content).sha256();
  }

  private Submission submission(GivenJob seed, Instant created) {
    var outputs = seed.outputs().keySet().stream().map(Seeder::desc).toList();
    var parameters = new JobParameters(
        stored(seed, seed.inputs()),
        outputs,
        List.of(),
        List.of(),
        seed.texts().cmd(),
        Environment.PLAIN,
        false,
        List.of(INSTANCE_TYPE),
        null,
        List.of(),
        List.of(),
        null,
        null);
    return new Submission(
        seed.texts().name(), "", "", parameters, created, Caller.LOCAL.subjectId(), null);
  }

  private Collected collected(JobId id, GivenJob seed) {
    var outputs = stored(seed, seed.outputs());
    var errors = new ArrayList<FileError>();
    var logs = new LogFiles(ports.files(), ports.logs(), (job, file) -> file.publish())
        .store(id, new ProjectId(seed.texts().project()), LOG_FILES, errors);
    return new Collected(outputs, logs, List.of(), errors, List.of());
  }

  private List<JobFile> stored(GivenJob seed, Map<String, byte[]> contents) {
    var project = new ProjectId(seed.texts().project());
    var files = new ArrayList<JobFile>();
    contents.forEach((path, content) -> files.add(store(project, desc(path), content)));
    return files;
  }

  private JobFile store(ProjectId project, FileDesc desc, byte[] content) {
    try (var staged =
        ports.files().stage(project, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      return new JobFile(desc, staged.key().sha256(), content.length, Compression.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + desc.path() + " cannot be stored", e);
    }
  }

  private static FileDesc desc(String path) {
    return new FileDesc(path, "");
  }

  private static Operation operation(Job job, Instant created) {
    var id = job.execution().operation();
    if (id == null) {
      throw new IllegalArgumentException("job " + job.id() + " was never executed");
    }
    var open = Operation.open(id, OperationKind.EXECUTE, job, created);
    return switch (job.status()) {
      case SUCCESS -> open.ended(executed(job, 0), null, created);
      case ERROR -> open.ended(executed(job, 1), null, created);
      case CANCELLED -> open.ended(JobEndings.cancelled(), null, created);
      case CREATING, PREPARING, EXECUTING, UPLOADING_OUTPUT, CANCELLING -> open;
    };
  }

  private static OperationResult executed(Job job, int code) {
    return new OperationResult.Executed(code, job.results().outputFiles(), List.of(), List.of());
  }

  private static String details(JobStatus status) {
    return switch (status) {
      case ERROR -> JobEndings.returned(FAILED);
      case CANCELLED -> JobEndings.CANCELLED_TEXT;
      case CREATING, PREPARING, EXECUTING, UPLOADING_OUTPUT, CANCELLING, SUCCESS -> "";
    };
  }

  private static @Nullable Ending ending(JobStatus status) {
    return switch (status) {
      case SUCCESS -> new Ending.Exited(0, "");
      case ERROR -> FAILED;
      case CANCELLED -> new Ending.Exited(137, "");
      case CREATING, PREPARING, EXECUTING, UPLOADING_OUTPUT, CANCELLING -> null;
    };
  }
}
