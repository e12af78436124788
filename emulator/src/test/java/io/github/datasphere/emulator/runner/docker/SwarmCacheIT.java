package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Large inputs of jobs, which each node keeps for the next. */
@Isolated("it counts what goes to engines, and stops one, that other tests use")
class SwarmCacheIT extends SwarmTrouble {
  /** More by hand: {@code -Dswarm.input=200} MiB. */
  private static final int LARGE = Integer.getInteger("swarm.input", 20) << 20;

  private static final int JOBS = 10;
  private RelayedSwarm relayed;

  SwarmCacheIT() {
    cpus = 0.25;
    memory = 512L << 20;
    cacheBytes = Long.getLong("swarm.cache", 1L << 30);
  }

  @Override
  SwarmEngines engines() throws DockerEngineException {
    relayed = relayed == null ? new RelayedSwarm() : relayed;
    return relayed.engines();
  }

  @AfterEach
  void closeTheRelays() throws IOException {
    if (relayed != null) {
      relayed.close();
    }
  }

  @Test
  void tenJobsWithOneInputMoveItOnceToEachNodeAndLeaveNothing() throws IOException {
    var content = new byte[LARGE];
    new Random(2).nextBytes(content);
    var file = jobs.file("large", "LARGE", content, Compression.NONE);
    var all = new ArrayList<Job>();
    for (int i = 0; i < JOBS; i++) {
      all.add(TestJobs.job("sha256sum < ${LARGE}; echo mine > ${LARGE}; sleep 2")
          .input(file)
          .id("bt1kept" + i)
          .build());
    }

    var began = System.currentTimeMillis();
    all.forEach(jobs.runner()::run);
    for (var job : all) {
      assertThat(jobs.awaitEnd(job.id()))
          .as(jobs.systemLog(job))
          .isEqualTo(new Ending.Exited(0, ""));
      assertThat(jobs.stdout(job)).isEqualTo(Sha256.hex(content) + "  -\n");
      jobs.runner().release(job.id());
    }
    System.err.printf(
        "%d jobs with %d MiB: %.1f MiB went to %d nodes in %d ms%n",
        JOBS,
        LARGE >> 20,
        relayed.sent() / (double) (1 << 20),
        RealSwarm.size(),
        System.currentTimeMillis() - began);

    if (cacheBytes > 0) {
      assertThat(relayed.sent()).isLessThan(LARGE * (long) RealSwarm.size() + LARGE / 2);
    }
    jobs.close();
    assertThat(volumes()).isEmpty();
  }

  @Test
  void inputIsBroughtAgainToANodeWhoseEngineWasAway() throws IOException {
    var content = new byte[LARGE];
    var file = jobs.file("large", "LARGE", content, Compression.NONE);
    cpus = 2;
    var before =
        jobs.start(TestJobs.job("sleep 1000").input(file).id("bt1before").build());
    stopped = node(before);
    RealSwarm.signal(stopped, "KILL");
    jobs.awaitEnd(before.id());
    jobs.runner().release(before.id());
    RealSwarm.start(stopped);
    int away = stopped;
    stopped = 0;

    // Each node gets one, so the one that was away does, too
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(volumes(away)).isEmpty());
    for (int i = 0; i < RealSwarm.size(); i++) {
      jobs.start(TestJobs.job("[ $(wc -c < ${LARGE}) = " + LARGE + " ] && sleep 1000")
          .input(file)
          .id("bt1after" + i)
          .build());
      assertThat(jobs.events(TestJobs.job("").id("bt1after" + i).build().id())).hasSize(1);
    }

    assertThat(volumes(away)).hasSize(1);
    for (int i = 0; i < RealSwarm.size(); i++) {
      jobs.runner().release(TestJobs.job("").id("bt1after" + i).build().id());
    }
    jobs.close();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(volumes()).isEmpty());
  }

  private List<String> volumes() throws DockerEngineException {
    var all = new ArrayList<String>();
    for (int i = 1; i <= RealSwarm.size(); i++) {
      all.addAll(volumes(i));
    }
    return all;
  }

  private List<String> volumes(int node) throws DockerEngineException {
    try (var engine = RealSwarm.engine(node)) {
      var found = engine
          .client()
          .listVolumesCmd()
          .withFilter("label", List.of(Ownership.OWNER + "=" + owner))
          .exec()
          .getVolumes();
      return found == null
          ? List.of()
          : found.stream().map(volume -> volume.getName()).toList();
    }
  }
}
