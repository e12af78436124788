package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of a job, and within a state what else makes a difference to a command. */
enum Situation {
  CREATING(JobStatus.CREATING),
  CREATING_CLEARED(JobStatus.CREATING),
  PREPARING(JobStatus.PREPARING),
  /** Executed beyond the quota, until {@link #TURN_AWAY_AT}. */
  PREPARING_TURNED_AWAY(JobStatus.PREPARING),
  EXECUTING(JobStatus.EXECUTING),
  /** The same, and the parameters say how to end gracefully. */
  EXECUTING_GRACEFUL(JobStatus.EXECUTING),
  UPLOADING_OUTPUT(JobStatus.UPLOADING_OUTPUT),
  /** Killed, though its parameters say how to end gracefully; its end is not reported yet. */
  CANCELLING_KILLED(JobStatus.CANCELLING),
  /** Likewise, before its command had begun. */
  CANCELLING_UNSTARTED(JobStatus.CANCELLING),
  /** Asked to end, until {@link #KILL_AT}. */
  CANCELLING_GRACEFUL(JobStatus.CANCELLING),
  /** At its end; its outputs are being stored. */
  CANCELLING_COLLECTING(JobStatus.CANCELLING),
  SUCCESS(JobStatus.SUCCESS),
  ERROR(JobStatus.ERROR),
  CANCELLED(JobStatus.CANCELLED),
  /** Cancelled before Execute: it has no operation. */
  CANCELLED_UNSTARTED(JobStatus.CANCELLED),
  SUCCESS_CLEARED(JobStatus.SUCCESS);

  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TURN_AWAY_AT = CREATED.plusSeconds(3);
  static final Instant STARTED = CREATED.plusSeconds(10);
  static final Instant KILL_AT = CREATED.plusSeconds(60);
  static final Instant FINISHED = CREATED.plusSeconds(100);
  static final Duration TTL = Duration.ofDays(14);

  static final JobId ID = new JobId("bt1job");
  static final OperationId OPERATION = new OperationId("bt1operation");
  static final JobFile INPUT = file("input", 'a');
  static final JobFile OUTPUT = file("output", 'b');

  private final JobStatus status;

  Situation(JobStatus status) {
    this.status = status;
  }

  JobStatus status() {
    return status;
  }

  Job job() {
    var parameters = new ParametersBuilder();
    parameters.inputs.add(INPUT);
    parameters.outputs.add(OUTPUT.desc());
    if (isGraceful()) {
      parameters.graceful = new GracefulShutdown(Duration.ofSeconds(15), 12);
    }
    var submission = new Submission("name", "desc", "", parameters.build(), CREATED, "user", null);
    var finished = status.isTerminal() ? FINISHED : null;
    return new Job(
        ID,
        new ProjectId("bt1project"),
        1,
        submission,
        status,
        "",
        execution(),
        finished,
        status.isTerminal() && this != CANCELLED_UNSTARTED ? results(OUTPUT) : Collected.NOTHING,
        new DataRetention(TTL, (finished == null ? CREATED : finished).plus(TTL), isCleared()));
  }

  private boolean isGraceful() {
    return this == EXECUTING_GRACEFUL || this == CANCELLING_GRACEFUL || this == CANCELLING_KILLED;
  }

  private boolean isCleared() {
    return this == CREATING_CLEARED || this == SUCCESS_CLEARED;
  }

  private Execution execution() {
    return new Execution(
        status == JobStatus.CREATING || this == CANCELLED_UNSTARTED ? null : OPERATION,
        "c1.4",
        hasStarted() ? STARTED : null,
        null,
        this == CANCELLING_GRACEFUL ? KILL_AT : null,
        ending(),
        this == PREPARING_TURNED_AWAY ? TURN_AWAY_AT : null);
  }

  private boolean hasStarted() {
    return switch (this) {
      case CREATING,
          CREATING_CLEARED,
          PREPARING,
          PREPARING_TURNED_AWAY,
          CANCELLING_UNSTARTED,
          CANCELLED_UNSTARTED -> false;
      case EXECUTING,
          EXECUTING_GRACEFUL,
          UPLOADING_OUTPUT,
          CANCELLING_KILLED,
          CANCELLING_GRACEFUL,
          CANCELLING_COLLECTING,
          SUCCESS,
          ERROR,
          CANCELLED,
          SUCCESS_CLEARED -> true;
    };
  }

  private @Nullable Ending ending() {
    return switch (this) {
      case UPLOADING_OUTPUT, SUCCESS, SUCCESS_CLEARED -> new Ending.Exited(0, "");
      case ERROR -> new Ending.Exited(1, "");
      case CANCELLING_COLLECTING, CANCELLED -> new Ending.Exited(137, "");
      case CREATING,
          CREATING_CLEARED,
          PREPARING,
          PREPARING_TURNED_AWAY,
          EXECUTING,
          EXECUTING_GRACEFUL,
          CANCELLING_KILLED,
          CANCELLING_UNSTARTED,
          CANCELLING_GRACEFUL,
          CANCELLED_UNSTARTED -> null;
    };
  }

  static Collected results(JobFile... outputs) {
    return new Collected(List.of(outputs), List.of(), List.of(), List.of(), List.of());
  }

  private static JobFile file(String path, char digit) {
    var digest = String.valueOf(digit).repeat(64);
    return new JobFile(new FileDesc(path, ""), digest, 1, Compression.NONE);
  }
}
