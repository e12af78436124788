package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.store.JobQuery;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Row 9: a page of 50 jobs from the middle of a million, beside one from a thousand. */
final class ListRow implements BenchRow {
  private static final int FEW = 1000;
  private static final int MANY = 1_000_000;
  private static final int PAGE = 50;
  private static final int ROUNDS = 400;

  private final boolean database;
  private final String what;
  private final Set<JobStatus> statuses;

  private ListRow(boolean database, String what, Set<JobStatus> statuses) {
    this.database = database;
    this.what = what;
    this.statuses = statuses;
  }

  static List<BenchRow> all() {
    var rows = new ArrayList<BenchRow>();
    for (var database : new boolean[] {true, false}) {
      rows.add(new ListRow(database, "no filter", Set.of()));
      rows.add(new ListRow(database, "common status", Set.of(JobStatus.SUCCESS)));
      rows.add(new ListRow(database, "rare status", Set.of(JobStatus.ERROR)));
      rows.add(new ListRow(database, "absent status", Set.of(JobStatus.CANCELLED)));
    }
    return rows;
  }

  @Override
  public int number() {
    return 9;
  }

  @Override
  public String figure() {
    return "List at 1 M jobs, " + (database ? "H2, " : "memory, ") + what;
  }

  @Override
  public Result measure() throws Exception {
    try (var few = store(FEW);
        var many = store(MANY)) {
      var ours = new double[ROUNDS];
      var peer = new double[ROUNDS];
      for (int round = -ROUNDS; round < ROUNDS; round++) {
        var small = micros(few, FEW);
        var large = micros(many, MANY);
        if (round >= 0) {
          ours[round] = large;
          peer[round] = small;
        }
      }
      return Result.of(
          Quantity.median(ours, "us"),
          "at 1 k jobs",
          Quantity.median(peer, "us"),
          Aim.atMostTimesPeer(1.5));
    }
  }

  /** From below the newest: as many follow in both, where there are any. */
  private double micros(JobStore store, int count) {
    var query = new JobQuery(StoredJobs.PROJECT, statuses, count, PAGE);
    var start = System.nanoTime();
    store.list(query);
    return (System.nanoTime() - start) / 1e3;
  }

  private JobStore store(int count) throws Exception {
    if (database) {
      return H2JobStore.open(directory(count));
    }
    var store = new MemoryJobStore();
    StoredJobs.fill(store, count);
    return store;
  }

  static Path directory(int count) throws Exception {
    return BenchFolders.of("jobs-" + count, folder -> StoredJobs.fillDatabase(folder, count));
  }
}
