package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;

/**
 * Content that is small enough to wait in memory.
 *
 * @param object its future name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StagedBytes(Bucket bucket, FileKey key, String object, byte[] content)
    implements StagedFile {

  @Override
  public long sizeBytes() {
    return content.length;
  }

  @Override
  public void publish() throws IOException {
    if (content.length == 0) {
      return;
    }
    var there = bucket.size(object);
    if (there.isEmpty() || there.getAsLong() != content.length) {
      bucket.put(object, content, content.length);
    }
  }

  @Override
  public void close() {
    // There is nothing to close: all is in memory.
  }
}
