package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.engine.commands.JobCommandProcessor;
import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileClaims;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/** Moves content between clients and the store, as long as the job has data. */
public final class FileTransfers implements FileTraffic {
  private final JobStore store;
  private final FileStore files;
  private final FileClaims claims;

  FileTransfers(JobStore store, FileStore files, FileClaims claims) {
    this.store = store;
    this.files = files;
    this.claims = claims;
  }

  @Override
  public void acceptUpload(FileGrant grant, InputStream content) throws IOException {
    jobWithData(grant.job());
    try (var staged = stage(grant, content)) {
      accept(grant, staged);
    }
  }

  /**
   * Stores content that no job can see yet.
   *
   * @param limitBytes how much is accepted at most
   */
  public StagedFile stage(ProjectId project, InputStream content, long limitBytes)
      throws IOException {
    return files.stage(project, content, limitBytes);
  }

  /**
   * Makes such content visible, under the conditions of {@link #acceptUpload}. The caller closes
   * it.
   */
  public void accept(FileGrant grant, StagedFile staged) throws IOException {
    check(grant, staged);
    claims.whileHeld(Set.of(grant.key()), () -> {
      // If the job was cleared or deleted while the bytes came in, no job needs them
      jobWithData(grant.job());
      staged.publish();
      return grant;
    });
  }

  @Override
  public Download openDownload(FileGrant grant, long offset) throws IOException {
    jobWithData(grant.job());
    var size = files
        .size(grant.key())
        .orElseThrow(() -> new NoSuchFileException(grant.key().sha256()));
    return new Download(size, files.open(grant.key(), offset));
  }

  /**
   * Opens what is stored, for parts of the emulator.
   *
   * @throws NoSuchFileException if it is not stored
   */
  public InputStream openStored(FileKey key) throws IOException {
    if (files.size(key).isEmpty()) {
      throw new NoSuchFileException(key.sha256());
    }
    return files.open(key, 0);
  }

  private StagedFile stage(FileGrant grant, InputStream content) throws IOException {
    try {
      return files.stage(grant.key().project(), content, grant.sizeBytes());
    } catch (FileRejectedException e) {
      if (e.reason() == Reason.TOO_LARGE) {
        throw new FileRejectedException(
            Reason.WRONG_CONTENT,
            "The file is larger than the "
                + grant.sizeBytes()
                + " bytes that were announced for it; it may have changed since the job was"
                + " created. Create the job again.");
      }
      throw e;
    }
  }

  private static void check(FileGrant grant, StagedFile staged) throws FileRejectedException {
    if (staged.sizeBytes() != grant.sizeBytes() || !staged.key().equals(grant.key())) {
      throw new FileRejectedException(
          Reason.WRONG_CONTENT,
          "Expected "
              + grant.sizeBytes()
              + " bytes with sha256 "
              + grant.key().sha256()
              + " but got "
              + staged.sizeBytes()
              + " bytes with sha256 "
              + staged.key().sha256()
              + "; the file may have changed since the job was created. Create the job again.");
    }
  }

  private Job jobWithData(JobId id) {
    var job = store.job(id).orElseThrow(JobCommandProcessor::unknownJob);
    if (job.data().cleared()) {
      throw Rejected.notFound("The data of job " + id + " is cleared").asException();
    }
    return job;
  }
}
