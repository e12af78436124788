package io.github.datasphere.emulator;

import com.google.protobuf.ProtocolMessageEnum;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.testing.ProtoStatus;
import io.github.datasphere.emulator.world.GivenJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Describes a job that a test puts in directly, see {@link Emulator#givenJob}. Immutable: every
 * method returns a new seed.
 */
public final class JobSeed {
  private final GivenJob job;

  private JobSeed(GivenJob job) {
    this.job = job;
  }

  static JobSeed succeeded() {
    return new JobSeed(GivenJob.succeeded());
  }

  public JobSeed project(String id) {
    return new JobSeed(job.project(id));
  }

  public JobSeed name(String name) {
    return new JobSeed(job.name(name));
  }

  public JobSeed cmd(String cmd) {
    return new JobSeed(job.cmd(cmd));
  }

  /** Sets what the job has printed. */
  public JobSeed stdout(String text) {
    return new JobSeed(job.stdout(text));
  }

  /**
   * Sets the state of the job.
   *
   * @param status a value of our {@code io.github.datasphere.proto.jobs.JobStatus} or of the
   *     official SDK's
   * @throws IllegalArgumentException for another enum, and for CANCELLING and UPLOADING_OUTPUT,
   *     which a job only passes through
   */
  public JobSeed status(ProtocolMessageEnum status) {
    return new JobSeed(job.status(ProtoStatus.toDomain(status)));
  }

  /**
   * Lets the job run as this script says. A running job without a script runs until it is
   * cancelled.
   */
  public JobSeed running(Script running) {
    return new JobSeed(job.running(running));
  }

  /** Sets how long ago the job was created; if it has ended, also how long ago it ended. */
  public JobSeed age(Duration sinceCreation) {
    return new JobSeed(job.age(sinceCreation));
  }

  /** Sets how long the data of the job live after its end; the default is 14 days. */
  public JobSeed ttl(Duration time) {
    return new JobSeed(job.ttl(time));
  }

  /** Adds an input file, stored as if it had been uploaded. */
  public JobSeed input(String path, byte[] content) {
    return new JobSeed(job.input(path, content));
  }

  /** Adds an input file with this text. */
  public JobSeed input(String path, String text) {
    return input(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an output file; only a job that has ended has outputs. */
  public JobSeed output(String path, byte[] content) {
    return new JobSeed(job.output(path, content));
  }

  /** Adds an output file with this text. */
  public JobSeed output(String path, String text) {
    return output(path, text.getBytes(StandardCharsets.UTF_8));
  }

  GivenJob job() {
    return job;
  }
}
