package io.github.datasphere.emulator.store;

import static io.github.datasphere.emulator.job.JobStatus.CANCELLING;
import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.ERROR;
import static io.github.datasphere.emulator.job.JobStatus.EXECUTING;
import static io.github.datasphere.emulator.job.JobStatus.PREPARING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.NOON;
import static io.github.datasphere.emulator.store.SampleJobs.PROJECT;
import static io.github.datasphere.emulator.store.SampleJobs.cleared;
import static io.github.datasphere.emulator.store.SampleJobs.expiring;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.key;
import static io.github.datasphere.emulator.store.SampleJobs.remove;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every job store keeps up by itself: claims, deadlines, who is active. */
public abstract class JobStoreUpkeepContract extends JobStoreFixture {
  @Test
  void fileIsClaimedUntilTheLastJobLetsGo() {
    writeAll(job(1, SUCCESS, "a", "b"), job(2, SUCCESS, "b", "b"));
    store.commit(write(cleared(job(1, SUCCESS, "a", "b"))));
    assertThat(store.isClaimed(key("a"))).isFalse();
    assertThat(store.isClaimed(key("b"))).isTrue();
    store.commit(remove(job(2, SUCCESS, "b")));
    assertThat(store.isClaimed(key("b"))).isFalse();
  }

  @Test
  void claimIsOfOneProject() {
    writeAll(job(1, SUCCESS, "a"));
    assertThat(store.isClaimed(new FileKey(new ProjectId("other"), "a"))).isFalse();
  }

  @Test
  void claimsFollowTheJobAsItIsNow() {
    writeAll(job(1, CREATING, "a"), job(1, SUCCESS, "a", "log"));
    assertThat(store.isClaimed(key("log"))).isTrue();
    assertThat(store.isClaimed(key("a"))).isTrue();
  }

  @Test
  void deadlinesComeEarliestFirst() {
    writeAll(expiring(1, at(30)), expiring(2, at(10)), expiring(3, at(20)), job(4, SUCCESS));
    assertThat(store.nextDeadline()).contains(at(10));
    assertThat(store.due(at(20), 9)).containsExactly(id(2), id(3));
    assertThat(store.due(at(99), 2)).containsExactly(id(2), id(3));
    assertThat(store.due(at(9), 9)).isEmpty();
  }

  @Test
  void equalDeadlinesAreAllDue() {
    writeAll(expiring(1, at(1)), expiring(2, at(1)), expiring(3, at(1)));
    assertThat(store.due(at(1), 9)).containsExactlyInAnyOrder(id(1), id(2), id(3));
  }

  @Test
  void deadlineMovesAndEnds() {
    writeAll(expiring(1, at(10)), expiring(1, at(50)));
    assertThat(store.nextDeadline()).contains(at(50));
    store.commit(write(cleared(expiring(1, at(50)))));
    assertThat(store.nextDeadline()).isEmpty();
  }

  @Test
  void patienceOfAGracefulCancelIsADeadlineToo() {
    var job = job(1, CANCELLING);
    var waiting = new Execution(null, "c1.4", NOON, null, at(30), null, null);
    store.commit(write(new Job(
        job.id(),
        PROJECT,
        1,
        job.submission(),
        CANCELLING,
        "",
        waiting,
        null,
        job.results(),
        job.data())));
    assertThat(store.nextDeadline()).contains(at(30));
  }

  @Test
  void activeJobsComeInOrderOfCreation() {
    writeAll(job(3, EXECUTING), job(1, PREPARING), job(2, SUCCESS), job(4, CREATING));
    writeAll(job(5, CANCELLING), job(6, EXECUTING), job(6, ERROR));
    assertThat(store.active()).extracting(Job::seq).containsExactly(1L, 3L, 5L);
  }

  @Test
  void concurrentChangesOfDifferentJobsAllHold() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    var seqs = ConcurrentHashMap.<Long>newKeySet();
    try {
      var done = new ArrayList<Future<?>>();
      for (int i = 0; i < 8; i++) {
        done.add(threads.submit(() -> commitSome(seqs)));
      }
      for (var future : done) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(seqs).hasSize(400);
    assertThat(page(Set.of(), Long.MAX_VALUE, 1000)).containsExactlyInAnyOrderElementsOf(seqs);
    assertThat(store.isClaimed(key("shared"))).isTrue();
    for (long seq : seqs) {
      store.commit(remove(job(seq, SUCCESS)));
    }
    assertThat(store.isClaimed(key("shared"))).isFalse();
  }

  @Test
  void agreesWithAPlainModelOverRandomChanges() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var model = new HashMap<Long, Job>();
    for (int step = 0; step < 1500; step++) {
      var job = randomJob(random);
      if (random.nextInt(4) == 0) {
        store.commit(remove(job));
        model.remove(job.seq());
      } else {
        store.commit(write(job));
        model.put(job.seq(), job);
      }
    }
    assertThat(inPagesOf(13, Set.of()))
        .as("seed %d", seed)
        .isEqualTo(model.values().stream()
            .sorted(Comparator.comparingLong(Job::seq).reversed())
            .toList());
    assertThat(store.active())
        .as("seed %d", seed)
        .isEqualTo(model.values().stream()
            .filter(job -> job.status().isActive())
            .sorted(Comparator.comparingLong(Job::seq))
            .toList());
    assertThat(store.nextDeadline())
        .as("seed %d", seed)
        .isEqualTo(model.values().stream()
            .flatMap(job -> job.deadline().stream())
            .min(Comparator.naturalOrder()));
    assertClaims(model, "seed " + seed);
  }

  private void assertClaims(Map<Long, Job> model, String seed) {
    for (int digest = 0; digest < 6; digest++) {
      var key = key("d" + digest);
      assertThat(store.isClaimed(key))
          .as("%s, %s", seed, key)
          .isEqualTo(model.values().stream().anyMatch(job -> job.claims().contains(key)));
    }
  }

  private static Job randomJob(Random random) {
    var status = JobStatus.values()[random.nextInt(JobStatus.values().length)];
    var expiresAt = random.nextBoolean() ? null : at(random.nextInt(100));
    return job(PROJECT, 1 + random.nextInt(80), status, expiresAt, "d" + random.nextInt(6));
  }

  private void commitSome(Set<Long> seqs) {
    for (int n = 0; n < 50; n++) {
      long seq = store.nextSeq();
      seqs.add(seq);
      store.commit(write(job(seq, PREPARING, "shared")));
      store.commit(write(job(seq, SUCCESS, "shared", "own" + seq)));
    }
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }
}
