package io.github.datasphere.emulator.files.memory;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.function.BiConsumer;

/** Content in memory that is not visible yet. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StagedMemoryFile(FileKey key, byte[] content, BiConsumer<FileKey, byte[]> publisher)
    implements StagedFile {

  static StagedMemoryFile of(
      ProjectId project, byte[] content, BiConsumer<FileKey, byte[]> publisher) {
    return new StagedMemoryFile(new FileKey(project, Sha256.hex(content)), content, publisher);
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
}
