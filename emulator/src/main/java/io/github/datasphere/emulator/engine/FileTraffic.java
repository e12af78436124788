package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileGrant;
import java.io.IOException;
import java.io.InputStream;

/**
 * File content on its way between a client and the store: what the upload and download URLs ask of
 * the engine. The caller has checked that the grant is genuine and not expired.
 */
public interface FileTraffic {
  /**
   * Takes in what the grant allows to be put, checks digest and size, and makes it visible whole.
   * Reads {@code content} at most to its end and does not close it.
   *
   * @throws io.github.datasphere.emulator.files.FileRejectedException if the content is not what
   *     the grant says, or the medium is full; nothing is kept
   * @throws io.github.datasphere.emulator.job.RejectedException {@code NOT_FOUND} if the job is
   *     gone or its data are cleared
   * @throws IOException if the content cannot be read to its end or the medium fails; nothing is
   *     kept
   */
  void acceptUpload(FileGrant grant, InputStream content) throws IOException;

  /**
   * What the grant allows to be read, from {@code offset} on.
   *
   * @param offset in bytes, from 0 to the size of the file
   * @throws io.github.datasphere.emulator.job.RejectedException {@code NOT_FOUND} if the job is
   *     gone or its data are cleared
   * @throws java.nio.file.NoSuchFileException if the content is not stored
   */
  Download openDownload(FileGrant grant, long offset) throws IOException;
}
