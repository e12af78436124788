package io.github.datasphere.emulator.store.h2.payload;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Turns values into bytes and back. The first byte is the version of the format. */
public final class Payloads {
  private static final byte VERSION = 1;

  private final JobFields jobs;
  private final OperationFields operations;

  public Payloads(PasswordSeal seal) {
    this.jobs = new JobFields(seal);
    this.operations = new OperationFields(jobs);
  }

  public byte[] of(Job job) {
    return versioned(jobs.write(job));
  }

  /**
   * Reads a job.
   *
   * @throws IllegalArgumentException if these bytes are no job
   */
  public Job job(byte[] payload) {
    return read(payload, jobs::job);
  }

  public byte[] of(Operation operation) {
    return versioned(operations.write(operation));
  }

  /**
   * Reads an operation.
   *
   * @throws IllegalArgumentException if these bytes are no operation
   */
  public Operation operation(byte[] payload) {
    return read(payload, operations::operation);
  }

  public byte[] of(Project project) {
    return versioned(new FieldWriter()
        .text(1, project.id().value())
        .text(2, project.communityId())
        .text(3, project.name())
        .text(4, project.description())
        .map(5, project.labels())
        .instant(6, project.createdAt())
        .text(7, project.createdBy()));
  }

  /**
   * Reads a project.
   *
   * @throws IllegalArgumentException if these bytes are no project
   */
  public Project project(byte[] payload) {
    return read(
        payload,
        from -> new Project(
            new ProjectId(from.text(1)),
            from.text(2),
            from.text(3),
            from.text(4),
            from.map(5),
            JobFields.required(from.instant(6)),
            from.text(7)));
  }

  private static byte[] versioned(FieldWriter fields) {
    var body = fields.toBytes();
    var payload = new byte[body.length + 1];
    payload[0] = VERSION;
    System.arraycopy(body, 0, payload, 1, body.length);
    return payload;
  }

  private static <T> T read(byte[] payload, Function<FieldReader, T> reader) {
    if (payload.length == 0 || payload[0] != VERSION) {
      throw new IllegalArgumentException("a stored value has a form that is not known");
    }
    try {
      return reader.apply(new FieldReader(Arrays.copyOfRange(payload, 1, payload.length)));
    } catch (NoSuchElementException | ArithmeticException e) {
      throw new IllegalArgumentException("a stored value lacks a part", e);
    }
  }
}
