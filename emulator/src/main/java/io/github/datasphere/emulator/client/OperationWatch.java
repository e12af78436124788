package io.github.datasphere.emulator.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.emulator.client.logs.LogFile;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.JobProgress;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Polls an operation until it is done, faster than the official client, whose five seconds are most
 * of a short run; shows the job's progress when it changes (service-behaviour 5.12).
 */
final class OperationWatch {
  private static final double FIRST_PAUSE_MILLIS = 20;
  private static final double LONGEST_PAUSE_MILLIS = 100;
  private static final double GROWTH = 1.3;
  private static final long FAILURE_PAUSE_MILLIS = 1000;
  private static final int MAX_FAILURES = 60;

  private final JobService service;
  private final RunLog log;
  private final CancelRequests cancellation;
  private JobProgress progress = JobProgress.getDefaultInstance();

  OperationWatch(JobService service, RunLog log, CancelRequests cancellation) {
    this.service = service;
    this.log = log;
    this.cancellation = cancellation;
  }

  /** Returns the operation when it is done, well or not. */
  Operation await(Operation started) throws RunFailedException, InterruptedException {
    var operation = started;
    double pause = FIRST_PAUSE_MILLIS;
    int failures = 0;
    show(operation);
    while (!operation.getDone()) {
      cancellation.pause((long) pause);
      pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MILLIS);
      try {
        operation = service.operation(operation.getId());
        failures = 0;
        show(operation);
      } catch (StatusRuntimeException e) {
        failures++;
        fail(operation, e, failures);
        cancellation.pause(FAILURE_PAUSE_MILLIS);
      }
    }
    return operation;
  }

  /** The official client asks for ever; an operation that is unknown will not come back though. */
  private void fail(Operation operation, StatusRuntimeException e, int failures)
      throws RunFailedException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (e.getStatus().getCode() == Status.Code.NOT_FOUND || failures >= MAX_FAILURES) {
      throw Rejection.failed("asking for the operation " + operation.getId(), e);
    }
    log.warn("asking for the operation "
        + operation.getId()
        + " failed, trying again: "
        + e.getStatus().getCode()
        + ": "
        + e.getStatus().getDescription());
  }

  private void show(Operation operation) {
    var now = progressOf(operation);
    if (now.equals(progress)) {
      return;
    }
    progress = now;
    log.folder()
        .record(LogFile.PROGRESS, json(now).getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    log.info("progress " + now.getProgress() + "% " + now.getMessage());
  }

  private static JobProgress progressOf(Operation operation) {
    try {
      return operation.getMetadata().is(ExecuteProjectJobMetadata.class)
          ? operation.getMetadata().unpack(ExecuteProjectJobMetadata.class).getProgress()
          : JobProgress.getDefaultInstance();
    } catch (InvalidProtocolBufferException e) {
      return JobProgress.getDefaultInstance();
    }
  }

  private static String json(JobProgress progress) {
    var json = "{\"progress\": "
        + progress.getProgress()
        + ", \"message\": \""
        + escaped(progress.getMessage())
        + "\"";
    if (progress.hasCreateTime()) {
      var created = progress.getCreateTime();
      var at = Instant.ofEpochSecond(created.getSeconds(), created.getNanos());
      json += ", \"create_time\": \"" + at.toString().replace("Z", "+00:00") + "\"";
    }
    return json + "}\n";
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        escaped.append('\\').append((char) c);
      } else if (c < ' ') {
        escaped.append(String.format("\\u%04x", c));
      } else {
        escaped.append((char) c);
      }
    });
    return escaped.toString();
  }
}
