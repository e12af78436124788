package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.OutputStream;

/** Content that a client has put to a server that does not check digests. */
record Incoming(Bucket bucket, String object) {
  /**
   * Reads the content, and moves it to its place if it is what was announced.
   *
   * @return whether anything was there
   * @throws FileRejectedException if it is not what was announced; then it is dropped
   */
  boolean moveTo(String place, FileKey key, long sizeBytes) throws IOException {
    var found = bucket.find(object);
    if (found.isEmpty()) {
      return false;
    }
    try (var content = bucket.open(object, 0)) {
      var measured = new MeasuredContent(content, Long.MAX_VALUE);
      measured.transferTo(OutputStream.nullOutputStream());
      check(key, sizeBytes, measured.size(), measured.sha256());
    } catch (FileRejectedException e) {
      bucket.drop(object);
      throw e;
    }
    // This fails if the client has put other content meanwhile
    bucket.copy(object, found.get().etag(), place);
    bucket.drop(object);
    return true;
  }

  private static void check(FileKey key, long expectedBytes, long bytes, String sha256)
      throws FileRejectedException {
    if (bytes != expectedBytes || !sha256.equals(key.sha256())) {
      throw new FileRejectedException(
          Reason.WRONG_CONTENT,
          "Expected " + expectedBytes + " bytes with sha256 " + key.sha256() + " but got " + bytes
              + " bytes with sha256 " + sha256
              + "; the file may have changed since the job was created. Create the job again.");
    }
  }
}
