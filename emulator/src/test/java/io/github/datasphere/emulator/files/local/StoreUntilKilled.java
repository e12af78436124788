package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;

/** A process that stores and deletes without end, and says where it is; somebody will kill it. */
final class StoreUntilKilled {
  /** Printed when half of a file is written. */
  static final String HALF = "half";

  private static final ProjectId PROJECT = new ProjectId("killed");

  private StoreUntilKilled() {}

  public static void main(String[] args) throws IOException {
    var store = new LocalFileStore(
        Path.of(args[0]), new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
    var random = new Random();
    for (int i = 0; ; i++) {
      var content = Contents.bytesOf(args[1] + i, 200_000 + random.nextInt(2_000_000));
      try (var staged = store.stage(PROJECT, tellingHalf(content), Long.MAX_VALUE)) {
        staged.publish();
        if (i % 4 == 0) {
          store.delete(staged.key());
        } else {
          System.out.println(staged.key().sha256());
        }
      }
    }
  }

  private static InputStream tellingHalf(byte[] content) {
    int half = content.length / 2;
    return new SequenceInputStream(
        new ByteArrayInputStream(content, 0, half),
        new ByteArrayInputStream(content, half, content.length - half) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos == half) {
              System.out.println(HALF);
            }
            return super.read(buffer, offset, length);
          }
        });
  }
}
