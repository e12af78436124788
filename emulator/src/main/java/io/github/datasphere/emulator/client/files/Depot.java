package io.github.datasphere.emulator.client.files;

import java.io.IOException;
import java.io.InputStream;

/**
 * The storage of a service in this process. It takes a file in before the service knows the job, so
 * that the file is read once: to be hashed and stored at the same time.
 */
@FunctionalInterface
public interface Depot {
  /**
   * Takes in all of the content, and does not close it.
   *
   * @throws IOException if the content cannot be read, or the storage cannot take it
   */
  Deposit take(InputStream content) throws IOException;

  /** Content that is stored, and that no job can see yet. */
  interface Deposit extends AutoCloseable {
    /** Returns the digest of what is stored, in lower-case hexadecimal. */
    String sha256();

    long sizeBytes();

    /**
     * Gives the content to a job.
     *
     * @param url where the service has told the job to upload it
     * @throws IOException if the job may not have it, or the storage fails
     */
    void handOver(String url) throws IOException;

    /** Drops the content if no job has got it. */
    @Override
    void close();
  }
}
