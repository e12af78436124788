package io.github.datasphere.emulator.kill;

import io.github.datasphere.emulator.base.Trees;
import io.github.datasphere.emulator.kill.Disk.Loss;
import io.github.datasphere.emulator.kill.RecordingDisk.Done;
import io.github.datasphere.emulator.kill.RecordingDisk.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records what servers do to their files, and builds the data directory as a disk would hold it
 * after a power cut at any of these operations; then looks what a server makes of that.
 */
final class PowerCutHarness {
  private final RecordedWork work;
  private final long seed;
  private final Random random;
  private final Map<Loss, Integer> cuts = new EnumMap<>(Loss.class);
  private final Map<Loss, Integer> lostJobs = new EnumMap<>(Loss.class);
  private final Set<String> failures = new TreeSet<>();

  PowerCutHarness(Path folder, long seed) throws IOException, InterruptedException {
    this.work = new RecordedWork(folder);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** What was not as promised after so many cuts. */
  List<String> run(int count) throws IOException, InterruptedException {
    work.run();
    var done = work.done();
    var broken = new ArrayList<String>();
    var moments = moments(done);
    for (int i = 0; i < count; i++) {
      int operations = moments.get(i % moments.size());
      var loss = Loss.values()[(i + i / moments.size()) % Loss.values().length];
      cut(done.subList(0, operations), loss)
          .forEach(fault -> broken.add(fault + " (" + loss + " after operation " + operations + ", "
              + done.get(operations - 1) + ")"));
    }
    System.out.println(done.size() + " operations; cuts " + cuts + ", jobs lost " + lostJobs
        + ", jobs failed for " + failures + "; seed " + seed);
    return broken;
  }

  /** Right before and after each sync and each change of names, in any order; then all others. */
  private List<Integer> moments(List<Done> done) {
    var telling = new ArrayList<Integer>();
    var others = new ArrayList<Integer>();
    IntStream.rangeClosed(1, done.size())
        .forEach(i -> (isTelling(done, i) ? telling : others).add(i));
    Collections.shuffle(telling, random);
    Collections.shuffle(others, random);
    telling.addAll(others);
    return telling;
  }

  private static boolean isTelling(List<Done> done, int operations) {
    return done.subList(operations - 1, Math.min(operations + 1, done.size())).stream()
        .map(Done::kind)
        .anyMatch(kind -> kind.isSync() || kind.isOfNames() || kind == Kind.TRUNCATE);
  }

  /** How long the record was when the journal was synced last, or a server was stopped. */
  private long kept(List<Done> done, long cut) {
    var syncs = done.stream().filter(it -> it.isSyncOf(RecordedWork.JOURNAL)).map(Done::end);
    var stops = work.stops().stream().filter(stop -> stop <= cut);
    return Stream.concat(syncs, stops).mapToLong(Long::longValue).max().orElse(0);
  }

  private List<String> cut(List<Done> done, Loss loss) throws IOException, InterruptedException {
    Trees.delete(work.dataDir());
    Disk.afterCut(done, loss, random, work.dataDir());
    long end = done.get(done.size() - 1).end();
    var check = new PowerCutCheck(
        work.dataDir(), work.jobs(), end, loss == Loss.NOTHING ? end : kept(done, end));
    var broken = check.look();
    failures.addAll(check.failures());
    cuts.merge(loss, 1, Integer::sum);
    lostJobs.merge(loss, check.lost(), Integer::sum);
    return broken;
  }
}
