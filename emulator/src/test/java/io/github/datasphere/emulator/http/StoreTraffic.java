package io.github.datasphere.emulator.http;

import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An engine that knows nothing but files: every job exists until it is cleared. */
final class StoreTraffic implements FileTraffic {
  private final FileStore store;
  private final Set<JobId> cleared = ConcurrentHashMap.newKeySet();

  StoreTraffic(FileStore store) {
    this.store = store;
  }

  void clear(JobId job) {
    cleared.add(job);
  }

  @Override
  public void acceptUpload(FileGrant grant, InputStream content) throws IOException {
    checkJob(grant);
    try (var staged = store.stage(grant.key().project(), content, grant.sizeBytes())) {
      if (!staged.key().equals(grant.key())) {
        throw new FileRejectedException(
            Reason.WRONG_CONTENT,
            "Expected " + grant.key().sha256() + " but got " + staged.key().sha256());
      }
      staged.publish();
    }
  }

  @Override
  public Download openDownload(FileGrant grant, long offset) throws IOException {
    checkJob(grant);
    var size = store
        .size(grant.key())
        .orElseThrow(() -> new NoSuchFileException(grant.key().sha256()));
    return new Download(size, store.open(grant.key(), offset));
  }

  private void checkJob(FileGrant grant) {
    if (cleared.contains(grant.job())) {
      throw Rejected.notFound("Job not found").asException();
    }
  }
}
