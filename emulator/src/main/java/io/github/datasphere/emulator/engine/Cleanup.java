package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.engine.commands.JobCommandProcessor;
import io.github.datasphere.emulator.engine.files.FileClaims;
import io.github.datasphere.emulator.engine.files.StorageErrors;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobQuery;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Deletes unneeded data: those of a whole project, and those that a crash has left. */
final class Cleanup {
  private static final Set<JobStatus> TERMINAL =
      EnumSet.of(JobStatus.SUCCESS, JobStatus.ERROR, JobStatus.CANCELLED);
  private static final int PAGE = 200;

  private final JobCommandProcessor commands;
  private final JobStore store;
  private final FileStore files;
  private final JobLog logs;
  private final FileClaims claims;
  private final Clock clock;

  Cleanup(JobCommandProcessor commands, EnginePorts ports, FileClaims claims) {
    this.commands = commands;
    this.store = ports.store();
    this.files = ports.files();
    this.logs = ports.logs();
    this.claims = claims;
    this.clock = ports.scheduler().clock();
  }

  /**
   * Clears the data of all terminal jobs, and deletes files that no job claims (service-behaviour
   * 10.20).
   */
  Operation clearProject(ProjectId project, OperationId id, Caller caller) {
    List<Job> page;
    var before = Long.MAX_VALUE;
    do {
      page = store.list(new JobQuery(project, TERMINAL, before, PAGE));
      for (var job : page) {
        before = job.seq();
        if (!job.data().cleared()) {
          commands.postCommand(job.id(), now -> new JobCommand.ClearData(null));
        }
      }
    } while (page.size() == PAGE);
    dropUnclaimed(() -> files.list(project));
    var operation = Operation.ofProject(
        id, OperationKind.DELETE_ALL_DATA, project, caller.subjectId(), clock.instant());
    store.commit(Changes.of(operation));
    return operation;
  }

  /**
   * Deletes files that a crash between commit and unlink, or between storing and claiming, has
   * left.
   */
  void dropUnclaimedFiles() {
    dropUnclaimed(files::list);
  }

  /** Deletes logs of jobs that were deleted or cleared just before a crash. */
  void dropOrphanedLogs() {
    logs.list().stream().filter(this::isOrphaned).forEach(logs::delete);
  }

  private boolean isOrphaned(JobId log) {
    return store.job(log).map(job -> job.data().cleared()).orElse(true);
  }

  /** Lists the files to look at. */
  @FunctionalInterface
  private interface Listing {
    Stream<FileKey> open() throws IOException;
  }

  private void dropUnclaimed(Listing listing) {
    try (var keys = listing.open()) {
      keys.forEach(key -> claims.unlink(List.of(key)));
    } catch (IOException e) {
      throw StorageErrors.asException(e);
    } catch (UncheckedIOException e) {
      throw StorageErrors.asException(e);
    }
  }
}
