package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Supplier;

/**
 * Takes in files of a client in this process, without HTTP: the content is hashed once, while it is
 * stored, and then goes where an upload URL says. Only for files that the emulator keeps itself.
 */
public final class DirectUploads {
  /** The largest file that the service takes, in bytes (service-behaviour 2.18). */
  private static final long LARGEST = 5L << 30;

  private final Supplier<JobEngine> engine;
  private final UrlSigner signer;

  DirectUploads(Supplier<JobEngine> engine, UrlSigner signer) {
    this.engine = engine;
    this.signer = signer;
  }

  /**
   * Stores content that belongs to no job yet.
   *
   * @param content is read to its end, and not closed
   * @throws io.github.datasphere.emulator.files.FileRejectedException if it is too large, or the
   *     disk is full
   * @throws IOException if the content cannot be read, or the disk fails
   */
  public Upload take(String project, InputStream content) throws IOException {
    return new Upload(engine.get().transfers().stage(new ProjectId(project), content, LARGEST));
  }

  /** Content that is stored but not visible. Closing drops it, unless a job has got it. */
  public final class Upload implements AutoCloseable {
    private final StagedFile staged;

    private Upload(StagedFile staged) {
      this.staged = staged;
    }

    /** Returns the digest of what is stored, in lower-case hexadecimal. */
    public String sha256() {
      return staged.key().sha256();
    }

    public long sizeBytes() {
      return staged.sizeBytes();
    }

    /**
     * Does what an upload of this content to the URL does.
     *
     * @throws io.github.datasphere.emulator.files.FileRejectedException if the URL is for other
     *     content
     * @throws IOException if the URL is none of this emulator's, the job is gone or its data are
     *     cleared, or the disk fails
     */
    public void publish(URI url) throws IOException {
      try {
        engine.get().transfers().accept(grant(url), staged);
      } catch (RejectedException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    private FileGrant grant(URI url) throws IOException {
      return signer
          .verify(url)
          .filter(grant -> grant.method() == FileGrant.Method.PUT)
          .orElseThrow(
              () -> new IOException("the URL for the upload does not belong to this emulator"));
    }

    @Override
    public void close() {
      staged.close();
    }
  }
}
