package io.github.datasphere.emulator.engine.files;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the outputs of a run are really stored before its job says so. {@link FileClaims}
 * keeps them, but a user may have deleted them without the emulator.
 */
public final class FinishedRuns {
  private static final String LOST =
      "The file was removed from the store while the job ended; look at the store's disk";

  private final FileStore files;

  public FinishedRuns(FileStore files) {
    this.files = files;
  }

  /** Returns what is really stored; each missing output becomes an error. */
  public Collected lookAt(Job job, Collected collected) {
    var keys = files(collected).map(file -> key(job, file)).collect(Collectors.toSet());
    var lost = lost(job.id(), keys);
    return lost.isEmpty() ? collected : without(job, collected, lost);
  }

  private static Stream<JobFile> files(Collected collected) {
    return Stream.of(collected.outputFiles(), collected.logFiles(), collected.diagnosticFiles())
        .flatMap(List::stream);
  }

  /**
   * Returns the missing files. If the storage cannot be asked, none counts as missing: it took them
   * a moment ago, and the job must not wait for it.
   */
  private Set<FileKey> lost(JobId job, Set<FileKey> keys) {
    var lost = new HashSet<FileKey>();
    try {
      for (var key : keys) {
        if (!files.contains(key)) {
          lost.add(key);
        }
      }
    } catch (IOException e) {
      PlainWarning.tell(
          log(), e, "Job {} ends, but whether its outputs are still there is unknown", job);
    }
    return lost;
  }

  private static Collected without(Job job, Collected all, Set<FileKey> lost) {
    var errors = new ArrayList<>(all.errors());
    for (var file : all.outputFiles()) {
      if (lost.contains(key(job, file))) {
        errors.add(new FileError.Output(file.desc(), FileError.Type.UPLOAD_FAILED, LOST));
      }
    }
    for (var file : all.logFiles()) {
      if (lost.contains(key(job, file))) {
        errors.add(new FileError.Log(file.desc().path(), FileError.Type.UPLOAD_FAILED, LOST));
      }
    }
    return new Collected(
        kept(job, all.outputFiles(), lost),
        kept(job, all.logFiles(), lost),
        kept(job, all.diagnosticFiles(), lost),
        errors,
        all.datasets());
  }

  private static List<JobFile> kept(Job job, List<JobFile> files, Set<FileKey> lost) {
    return files.stream().filter(file -> !lost.contains(key(job, file))).toList();
  }

  private static FileKey key(Job job, JobFile file) {
    return new FileKey(job.projectId(), file.sha256());
  }

  private static Logger log() {
    return LoggerFactory.getLogger(FinishedRuns.class);
  }
}
