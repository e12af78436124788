package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;

/**
 * Content that is in the bucket under another name.
 *
 * @param object its future name
 */
record StagedObject(Bucket bucket, FileKey key, String staged, String object, long sizeBytes)
    implements StagedFile {

  /** Publishes it. An object of another size was changed by hand, and is replaced. */
  @Override
  public void publish() throws IOException {
    var there = bucket.size(object);
    if (there.isEmpty() || there.getAsLong() != sizeBytes) {
      bucket.copy(staged, object);
    }
  }

  @Override
  public void close() {
    bucket.drop(staged);
  }
}
