package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long a decision takes to be durable, beside an append to a file. */
final class CommitRow implements BenchRow {
  private static final int COMMITS = 10_000;

  @Override
  public int number() {
    return 9;
  }

  @Override
  public String figure() {
    return "commit that outlives a kill, H2";
  }

  @Override
  public Result measure() throws Exception {
    Path folder = Files.createTempDirectory("bench-commit");
    var ours = new double[COMMITS];
    var peer = new double[COMMITS];
    try (var store = H2JobStore.open(folder.resolve("state"));
        var file = Files.newOutputStream(folder.resolve("floor"))) {
      for (int i = -COMMITS; i < COMMITS; i++) {
        var changes = StoredJobs.write(StoredJobs.job(store.nextSeq()));
        var begin = System.nanoTime();
        store.commit(changes);
        var committed = System.nanoTime();
        file.write(new byte[400]);
        var appended = System.nanoTime();
        if (i >= 0) {
          ours[i] = (committed - begin) / 1e3;
          peer[i] = (appended - committed) / 1e3;
        }
      }
    }
    return Result.of(
        Quantity.median(ours, "us"), "append of 400 bytes", Quantity.median(peer, "us"));
  }
}
