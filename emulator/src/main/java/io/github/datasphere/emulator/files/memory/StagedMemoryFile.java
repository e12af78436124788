package io.github.datasphere.emulator.files.memory;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/** Content in memory that is not visible yet. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StagedMemoryFile(FileKey key, byte[] content, BiConsumer<FileKey, byte[]> publisher)
    implements StagedFile {

  static StagedMemoryFile of(
      ProjectId project, byte[] content, BiConsumer<FileKey, byte[]> publisher) {
    return new StagedMemoryFile(new FileKey(project, sha256(content)), content, publisher);
  }

  @Override
  public long sizeBytes() {
    return content.length;
  }

  @Override
  public void publish() {
    if (!key.sha256().equals(JobFile.EMPTY_SHA256)) {
      publisher.accept(key, content);
    }
  }

  @Override
  public void close() {
    // There is nothing to close: all is in memory.
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
