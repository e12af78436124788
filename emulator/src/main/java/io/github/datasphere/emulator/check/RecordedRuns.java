package io.github.datasphere.emulator.check;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.check.RecordedRun.Failure;
import io.github.datasphere.emulator.check.RecordedRun.Output;
import io.github.datasphere.emulator.check.RecordedRun.Print;
import io.github.datasphere.emulator.check.RecordedRun.Progress;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsResponse;
import io.github.datasphere.proto.jobs.StandardStream;
import io.github.datasphere.proto.jobs.StdLog;
import io.github.datasphere.proto.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads out of a recording what each of its jobs did, so that it can do the same by script. */
public final class RecordedRuns {
  /** A job that was cancelled, or of whose end nothing is known, goes on. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Recording recording;
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();
  private final Map<String, Progress> progress = new HashMap<>();
  private final Map<String, Map<String, Output>> outputs = new HashMap<>();

  private RecordedRuns(Recording recording) {
    this.recording = recording;
    for (var call : recording.calls()) {
      for (var reply : call.replies()) {
        look(call, reply.content().message());
      }
    }
  }

  /** Returns the runs of a recording in the order in which its jobs were executed. */
  public static List<RecordedRun> of(Recording recording) {
    return new RecordedRuns(recording).all();
  }

  private List<RecordedRun> all() {
    var seen = new HashSet<String>();
    var runs = new ArrayList<RecordedRun>();
    for (var call : recording.calls()) {
      if (call.request().orElse(null) instanceof ExecuteProjectJobRequest request
          && !call.replies().isEmpty()
          && call.replies().get(0).content().message() instanceof Operation operation
          && seen.add(request.getJobId())) {
        runs.add(run(request.getJobId(), operation));
      }
    }
    return runs;
  }

  private void look(SessionCall call, @Nullable Message reply) {
    if (reply instanceof Operation operation) {
      operations.put(operation.getId(), operation);
      unpack(operation.getMetadata(), ExecuteProjectJobMetadata.class).ifPresent(this::look);
    } else if (reply instanceof Job job) {
      jobs.put(job.getId(), job);
    } else if (reply instanceof DownloadProjectJobFilesResponse files
        && call.request().orElse(null) instanceof DownloadProjectJobFilesRequest request) {
      files.getDownloadFilesList().forEach(file -> put(request.getJobId(), file.getFile()));
    }
  }

  private void look(ExecuteProjectJobMetadata metadata) {
    var job = metadata.getJob();
    jobs.put(job.getId(), job);
    if (metadata.hasProgress()) {
      var report = metadata.getProgress();
      progress.put(job.getId(), new Progress((int) report.getProgress(), report.getMessage()));
    }
  }

  private void put(String job, File file) {
    outputs
        .computeIfAbsent(job, unused -> new LinkedHashMap<>())
        .put(
            file.getDesc().getPath(),
            new Output(file.getSha256(), file.getCompressionType() == FileCompressionType.ZIP));
  }

  private RecordedRun run(String id, Operation begun) {
    var operation = operations.getOrDefault(begun.getId(), begun);
    var job = jobs.getOrDefault(id, Job.getDefaultInstance());
    var response = unpack(operation.getResponse(), ExecuteProjectJobResponse.class);
    response.ifPresent(end -> end.getOutputFilesList().forEach(file -> put(id, file.getFile())));
    job.getOutputFilesList().forEach(file -> put(id, file));
    var executed = time(begun.getCreatedAt());
    boolean failedEarly = operation.hasError() && !job.hasStartedAt() && job.hasFinishedAt();
    var started = job.hasStartedAt()
        ? time(job.getStartedAt())
        : failedEarly ? time(job.getFinishedAt()) : executed;
    // The operation may never have been asked for again
    var endless = (!operation.getDone() && !job.hasFinishedAt())
        || job.getStatus() == JobStatus.CANCELLED
        || job.getStatus() == JobStatus.CANCELLING;
    return new RecordedRun(
        positive(Duration.between(executed, started)),
        endless || !job.hasFinishedAt()
            ? endless ? FOR_EVER : Duration.between(started, time(operation.getModifiedAt()))
            : positive(Duration.between(started, time(job.getFinishedAt()))),
        prints(id, started),
        response
            .map(end -> OptionalInt.of((int) end.getResult().getReturnCode()))
            .orElse(exitCode(operation, job)),
        new Failure(operation.getError().getCode(), operation.getError().getMessage()),
        failedEarly,
        Optional.ofNullable(progress.get(id)),
        outputs.getOrDefault(id, Map.of()));
  }

  /** Returns the exit code of a job of which nothing but its state is known. */
  private static OptionalInt exitCode(Operation operation, Job job) {
    if (operation.getDone()) {
      return OptionalInt.empty();
    }
    return switch (job.getStatus()) {
      case SUCCESS -> OptionalInt.of(0);
      case ERROR -> OptionalInt.of(1);
      case JOB_STATUS_UNSPECIFIED,
          CREATING,
          PREPARING,
          EXECUTING,
          UPLOADING_OUTPUT,
          CANCELLING,
          CANCELLED,
          UNRECOGNIZED -> OptionalInt.empty();
    };
  }

  /** Reads the logs of a job from the first call that read them from their beginning. */
  private List<Print> prints(String job, Instant started) {
    for (var call : recording.calls()) {
      var request = call.request().orElse(null);
      var prints = new ArrayList<Print>();
      if (request instanceof ReadProjectJobLogsRequest logs
          && logs.getJobId().equals(job)
          && logs.getOffset() <= 0) {
        recording.replies(call, (at, reply) -> {
          if (reply instanceof ReadProjectJobLogsResponse page) {
            page.getLogsList().forEach(record -> prints.add(print(record, started)));
          }
        });
        return prints;
      }
      if (request instanceof ReadProjectJobStdLogsRequest logs
          && logs.getJobId().equals(job)) {
        var begin = recording.header().recordedAt();
        recording.replies(call, (at, reply) -> {
          if (reply instanceof ReadProjectJobStdLogsResponse page) {
            page.getLogsList()
                .forEach(
                    record -> prints.add(print(record, Duration.between(started, begin.plus(at)))));
          }
        });
        return prints;
      }
    }
    return List.of();
  }

  private static Print print(LogMessage record, Instant started) {
    var log = record.hasFilePath()
        ? record.getFilePath()
        : record.getStandardStream() == StandardStream.ERR ? "err" : "out";
    return new Print(
        Duration.between(started, time(record.getCreatedAt())),
        log,
        record.getContent().toByteArray());
  }

  private static Print print(StdLog record, Duration at) {
    return new Print(
        at,
        record.getType() == StdLog.Type.ERR ? "err" : "out",
        record.getContent().toByteArray());
  }

  private static <M extends Message> Optional<M> unpack(Any any, Class<M> type) {
    try {
      return any.is(type) ? Optional.of(any.unpack(type)) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Instant time(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
