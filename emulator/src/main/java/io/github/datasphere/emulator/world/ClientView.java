package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.grpc.mapping.JobMapping;
import io.github.datasphere.emulator.grpc.mapping.OperationMapping;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.proto.operation.Operation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Jobs, operations, logs and files of a world in the words of the API. */
public record ClientView(World world) {

  /** Returns a job; empty if there is none of this id. */
  public Optional<io.github.datasphere.proto.jobs.Job> job(String id) {
    return found(id).map(JobMapping::toProto);
  }

  /** Returns all jobs of all projects, newest first. */
  public List<io.github.datasphere.proto.jobs.Job> jobs() {
    return world.engine().latest(Integer.MAX_VALUE).stream()
        .map(JobMapping::toProto)
        .toList();
  }

  /** Returns an operation, still open if a fault says so; empty if there is none of this id. */
  public Optional<Operation> operation(String id) {
    return known(() -> world.testState().shown(world.engine().operation(new OperationId(id))))
        .map(new OperationMapping(world.engine())::toProto);
  }

  /** Returns the code that a job's program ended with; empty if there is none. */
  public OptionalInt exitCode(String job) {
    return existing(job).execution().ending() instanceof Ending.Exited exited
        ? OptionalInt.of(exited.returnCode())
        : OptionalInt.empty();
  }

  /** Returns what a job has printed to a stream or log file, see {@link LogSource#named}. */
  public String log(String job, String log) {
    var id = existing(job).id();
    return new LogText(LogSource.named(log)).of(world.engine().readLogs(id, 0));
  }

  /** Returns a URL for an output or log file of a job; empty if there is none of this path. */
  public Optional<URI> downloadUrl(String job, String path) {
    var owner = existing(job);
    return owner.producedFiles().stream()
        .filter(file -> file.desc().label().equals(path) || file.desc().path().equals(path))
        .findFirst()
        .map(file -> world.engine().links().download(owner.id(), owner.projectId(), file));
  }

  private Job existing(String id) {
    return found(id)
        .orElseThrow(() -> CallSites.inAuthorsCode(new IllegalArgumentException("there is no job '"
            + id + "': was it created through this emulator, and not" + " deleted?")));
  }

  private Optional<Job> found(String id) {
    return known(() -> world.engine().job(new JobId(id)));
  }

  private static <T> Optional<T> known(Supplier<T> asked) {
    try {
      return Optional.of(asked.get());
    } catch (RejectedException unknown) {
      return Optional.empty();
    }
  }
}
