package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the outputs of a run. They are stored before they are claimed, and another job that shared
 * one of them may have been cleared in between, and the file with it: so look and claim in one
 * step.
 */
final class FinishedRuns {
  private static final String LOST =
      "The file was removed from the store while the job ended; look at the store's disk";

  /** Jobs often share a file, system.log above all: several may lose theirs in a row. */
  private static final int MOST_COLLECTIONS = 10;

  private final FileClaims claims;
  private final FileStore files;
  private final Map<JobId, Integer> collections = new ConcurrentHashMap<>();

  FinishedRuns(FileClaims claims, FileStore files) {
    this.claims = claims;
    this.files = files;
  }

  /**
   * Finishes with what is really stored.
   *
   * @param collectAgain asked a few times for a job whose files have vanished
   */
  void claim(Job job, Collected collected, Consumer<Collected> finish, Runnable collectAgain)
      throws IOException {
    var keys = files(collected).map(file -> key(job, file)).collect(Collectors.toSet());
    claims.whileHeld(keys, () -> {
      var lost = lost(job.id(), keys);
      if (!lost.isEmpty() && collections.merge(job.id(), 1, Integer::sum) < MOST_COLLECTIONS) {
        collectAgain.run();
      } else {
        collections.remove(job.id());
        finish.accept(lost.isEmpty() ? collected : without(job, collected, lost));
      }
      return job;
    });
  }

  private static Stream<JobFile> files(Collected collected) {
    return Stream.of(collected.outputFiles(), collected.logFiles(), collected.diagnosticFiles())
        .flatMap(List::stream);
  }

  /** A storage that can't be asked has taken them a moment ago: the job does not wait for it. */
  private Set<FileKey> lost(JobId job, Set<FileKey> keys) {
    var lost = ConcurrentHashMap.<FileKey>newKeySet();
    try {
      for (var key : keys) {
        if (!files.contains(key)) {
          lost.add(key);
        }
      }
    } catch (IOException e) {
      log().warn("Job {} ends, but whether its outputs are still there is unknown", job, e);
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
