package io.github.datasphere.emulator.engine.files;

import io.github.datasphere.emulator.files.FileGrant;
import java.io.IOException;
import java.io.InputStream;

/**
 * Moves file content between a client and the store, for the upload and download URLs. The caller
 * has checked that the grant is genuine and not expired.
 */
public interface FileTraffic {
  /**
   * Takes in the content that the grant allows, checks digest and size, and makes the whole content
   * visible at once. Reads {@code content} at most to its end and does not close it.
   *
   * @throws io.github.datasphere.emulator.files.FileRejectedException if the content is not what
   *     the grant says, or the medium is full; nothing is kept
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException {@code NOT_FOUND} if the
   *     job is gone or its data are cleared
   * @throws IOException if the content cannot be read to its end or the medium fails; nothing is
   *     kept
   */
  void acceptUpload(FileGrant grant, InputStream content) throws IOException;

  /**
   * Opens the file that the grant allows to be read, from {@code offset} on.
   *
   * @param offset in bytes, from 0 to the size of the file
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException {@code NOT_FOUND} if the
   *     job is gone or its data are cleared
   * @throws java.nio.file.NoSuchFileException if the content is not stored
   */
  Download openDownload(FileGrant grant, long offset) throws IOException;
}
