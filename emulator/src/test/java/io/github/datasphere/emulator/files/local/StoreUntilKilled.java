package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;

/** A process that stores and deletes without end, and says what is done; somebody will kill it. */
final class StoreUntilKilled {
  static final ProjectId PROJECT = new ProjectId("killed");

  private StoreUntilKilled() {}

  public static void main(String[] args) throws IOException {
    var store = new LocalFileStore(
        Path.of(args[0]), new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
    var random = new Random();
    for (int i = 0; ; i++) {
      var content = Contents.bytesOf(args[1] + i, 1 + random.nextInt(2_000_000));
      try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
        staged.publish();
        if (i % 4 == 0) {
          store.delete(staged.key());
        } else {
          System.out.println(staged.key().sha256());
        }
      }
    }
  }
}
