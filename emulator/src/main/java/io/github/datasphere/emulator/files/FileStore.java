package io.github.datasphere.emulator.files;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Keeps the content of files by project and sha256. A file is there complete and verified, or not
 * at all. Content is streamed. This store does not know which files are still needed; the job store
 * does. A remote store throws {@link StorageException} if it cannot be reached.
 */
public interface FileStore extends AutoCloseable {
  /**
   * Returns the size in bytes; empty if the file is not stored. The empty file always counts as
   * stored.
   */
  OptionalLong size(FileKey key) throws IOException;

  default boolean contains(FileKey key) throws IOException {
    return size(key).isPresent();
  }

  /**
   * Takes in content, which is not visible yet.
   *
   * @param limitBytes how much is accepted at most
   * @throws FileRejectedException if it is larger ({@code TOO_LARGE}) or the medium is full
   *     ({@code NO_SPACE})
   * @throws IOException if the content or the medium cannot be read or written
   */
  StagedFile stage(ProjectId project, InputStream content, long limitBytes) throws IOException;

  /**
   * Opens the content from {@code offset} on.
   *
   * @throws java.nio.file.NoSuchFileException if it is not stored
   */
  InputStream open(FileKey key, long offset) throws IOException;

  /** Whether this store is another program, which may leave its readers waiting for minutes. */
  default boolean isRemote() {
    return false;
  }

  /** Deletes the file if it is there; downloads in progress go on to their end. */
  void delete(FileKey key) throws IOException;

  /** Returns a URL at which a client may do what the grant allows, until the grant expires. */
  URI presign(FileGrant grant);

  /**
   * Looks whether a client has put a file of this job where its URL said, and makes it visible if
   * so. Stores that check content as it comes in have done so already.
   *
   * @return whether the file is stored
   * @throws FileRejectedException if the content is not what was announced; then it is dropped
   */
  default boolean takeIn(JobId job, FileKey key, long sizeBytes) throws IOException {
    return contains(key);
  }

  /** Lists all stored files, so that unneeded ones can be found. The caller closes the stream. */
  Stream<FileKey> list() throws IOException;

  /** Lists the stored files of one project. */
  default Stream<FileKey> list(ProjectId project) throws IOException {
    return list().filter(key -> key.project().equals(project));
  }

  @Override
  void close();
}
