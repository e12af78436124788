package io.github.datasphere.emulator.store.memory;

import io.github.datasphere.emulator.job.spec.FileKey;
import java.util.Comparator;

/** How many jobs need a file. */
record Claim(FileKey key, int jobs) {
  static final Comparator<FileKey> BY_KEY =
      Comparator.comparing(FileKey::project).thenComparing(FileKey::sha256);
  static final Comparator<Claim> ORDER = Comparator.comparing(Claim::key, BY_KEY);

  static Claim none(FileKey key) {
    return new Claim(key, 0);
  }

  Claim plus(int more) {
    return new Claim(key, jobs + more);
  }
}
