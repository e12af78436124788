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
 * Keeps the content of files by project and sha256. A file is there whole and verified or not at
 * all. Content is streamed. It counts nothing: who still needs a file is the job store's business.
 * A store that lies elsewhere throws {@link StorageException} where it cannot be reached.
 */
public interface FileStore extends AutoCloseable {
  /** Size in bytes, empty if it is not stored. The empty file always counts as stored. */
  OptionalLong size(FileKey key) throws IOException;

  default boolean contains(FileKey key) throws IOException {
    return size(key).isPresent();
  }

  /**
   * Takes in content without showing it to anybody.
   *
   * @param limitBytes how much is accepted at most
   * @throws FileRejectedException if it is larger ({@code TOO_LARGE}) or the medium is full
   *     ({@code NO_SPACE})
   * @throws IOException if the content or the medium cannot be read or written
   */
  StagedFile stage(ProjectId project, InputStream content, long limitBytes) throws IOException;

  /**
   * The content from {@code offset} on.
   *
   * @throws java.nio.file.NoSuchFileException if it is not stored
   */
  InputStream open(FileKey key, long offset) throws IOException;

  /** Deletes it if it is there; downloads under way go on to their end. */
  void delete(FileKey key) throws IOException;

  /** Where a client may do this one thing, until the grant expires. */
  URI presign(FileGrant grant);

  /**
   * Looks whether a client has put a file of this job where its URL said, and makes it visible if
   * so. Stores that check content as it comes in have done so already.
   *
   * @return whether the file is stored
   * @throws FileRejectedException if what was put is not what was announced; it is dropped
   */
  default boolean takeIn(JobId job, FileKey key, long sizeBytes) throws IOException {
    return contains(key);
  }

  /** All that is stored, to find what nobody needs. The caller closes the stream. */
  Stream<FileKey> list() throws IOException;

  /** The same of one project. */
  default Stream<FileKey> list(ProjectId project) throws IOException {
    return list().filter(key -> key.project().equals(project));
  }

  @Override
  void close();
}
