package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.SwarmNodeState;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many jobs while one trouble after the other comes over their swarm: a few in each build, as many
 * as {@code -Dswarm.jobs} says by hand.
 */
@Isolated("it stops engines that other tests use")
@Timeout(3600)
class SwarmCrowdIT extends SwarmTrouble {
  private static final int JOBS = Integer.getInteger("swarm.jobs", 40);
  private static final Duration LONG = Duration.ofMinutes(50);

  SwarmCrowdIT() {
    cpus = 0.25;
  }

  /** As an engine does, which takes away what has ended. */
  @Override
  JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    var made = new AtomicReference<JobRunner>();
    made.set(super.runner(ports, event -> {
      events.accept(event);
      if (event instanceof RunnerEvent.Ended) {
        made.get().release(event.job());
      }
    }));
    return made.get();
  }

  /** Something that happens to a swarm, and is over afterwards. */
  private interface Trouble {
    void come() throws IOException;
  }

  @Test
  void eachJobEndsOnceRunsOnceAtMostAndLeavesNothing() throws IOException {
    var all = IntStream.range(0, JOBS).mapToObj(SwarmCrowdIT::numbered).toList();
    var troubles = List.<Trouble>of(
        this::aNodeIsKilled,
        this::aNodeIsFrozen,
        this::itThaws,
        this::theNetworkIsCut,
        this::aDiskIsFull,
        this::theDiskHasRoomAgain,
        this::theManagerIsRestarted,
        this::aNodeIsGoneForGood);

    int share = Math.max(1, JOBS / troubles.size());
    for (int i = 0; i < JOBS; i++) {
      jobs.runner().run(all.get(i));
      if (i % share == share / 2 && i / share < troubles.size()) {
        int enough = Math.max(0, i - share);
        await().atMost(LONG).until(() -> ended(all) >= enough);
        troubles.get(i / share).come();
      }
    }
    await().atMost(LONG).until(() -> ended(all) == JOBS);
    RealSwarm.start(stopped);
    stopped = 0;

    var kinds = new TreeMap<String, Integer>();
    for (var job : all) {
      kinds.merge(checked(job), 1, Integer::sum);
    }
    System.err.println(JOBS + " jobs: " + kinds);
    assertThat(kinds.get("Exited")).isPositive();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEmpty());
  }

  private static Job numbered(int number) {
    return TestJobs.job("echo run >> ${DS_PROJECT_HOME}/$N; echo begin $N; sleep 3; echo end $N")
        .var("N", "n" + number)
        .projectDisk()
        .id("bt1crowd" + number)
        .build();
  }

  private long ended(List<Job> all) {
    return all.stream().filter(job -> endings(job).size() == 1).count();
  }

  private List<RunnerEvent> endings(Job job) {
    return jobs.events(job.id()).stream()
        .filter(RunnerEvent.Ended.class::isInstance)
        .toList();
  }

  /** Returns how a job has ended, in a word or a sentence. */
  private String checked(Job job) throws IOException {
    var number = job.id().value().substring("bt1crowd".length());
    assertThat(endings(job)).as(job.id().value()).hasSize(1);
    var ending = ((RunnerEvent.Ended) endings(job).get(0)).ending();
    int runs = runs(number);
    if (ending.equals(new Ending.Exited(0, ""))) {
      assertThat(runs).isEqualTo(1);
      assertThat(jobs.stdout(job)).isEqualTo("begin n" + number + "\nend n" + number + "\n");
      return "Exited";
    }
    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(runs).as(job.id() + " " + ending).isLessThanOrEqualTo(1);
    assertThat(ending.toString()).doesNotContain("INTERNAL", "Exception");
    return ending.toString().replaceAll("bt1\\w+|[0-9a-f]{64}|20\\d\\d-\\S+", "..");
  }

  private int runs(String number) throws IOException {
    var file = folder.resolve("project-disks/" + TestJobs.PROJECT.value() + "/n" + number);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private void aNodeIsKilled() throws IOException {
    RealSwarm.signal(2, "KILL");
    RealSwarm.start(2);
  }

  private void aNodeIsFrozen() throws IOException {
    RealSwarm.signal(3, "STOP");
    stopped = 3;
    await().atMost(PATIENCE).until(() -> readyNodes() < RealSwarm.size());
  }

  private void itThaws() throws IOException {
    RealSwarm.signal(3, "CONT");
    stopped = 0;
    await().atMost(PATIENCE).until(() -> readyNodes() == RealSwarm.size());
  }

  private void theNetworkIsCut() throws IOException {
    RealSwarm.run("inside", "ip", "link", "set", "lo", "down");
    await().atMost(PATIENCE).until(() -> readyNodes() < RealSwarm.size());
    RealSwarm.run("inside", "ip", "link", "set", "lo", "up");
    await().atMost(PATIENCE).until(() -> readyNodes() == RealSwarm.size());
  }

  private static long readyNodes() throws DockerEngineException {
    try (var manager = RealSwarm.engine(1)) {
      return manager.client().listSwarmNodesCmd().exec().stream()
          .filter(node -> node.getStatus() != null)
          .filter(node -> node.getStatus().getState() == SwarmNodeState.READY)
          .count();
    }
  }

  private void theManagerIsRestarted() throws IOException {
    RealSwarm.signal(1, "KILL");
    RealSwarm.start(1);
  }

  private void aDiskIsFull() throws IOException {
    RealSwarm.run("inside", "sh", "-c", "cat /dev/zero >" + fill() + " 2>/dev/null || true");
  }

  private void theDiskHasRoomAgain() throws IOException {
    RealSwarm.run("inside", "rm", fill());
  }

  private static String fill() {
    return RealSwarm.folder().resolve("3/data/fill").toString();
  }

  private void aNodeIsGoneForGood() throws IOException {
    RealSwarm.signal(2, "KILL");
    stopped = 2;
  }

  /** What of this test any engine still has. */
  private List<String> left() throws DockerEngineException {
    var left = new ArrayList<String>();
    for (int i = 1; i <= RealSwarm.size(); i++) {
      try (var engine = RealSwarm.engine(i)) {
        var client = engine.client();
        var ours = Map.of(Ownership.OWNER, owner);
        client
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(ours)
            .exec()
            .forEach(container -> left.add("container " + container.getId()));
        var volumes = client.listVolumesCmd().exec().getVolumes();
        if (volumes != null) {
          volumes.forEach(volume -> left.add("volume " + volume.getName()));
        }
      }
    }
    try (var manager = RealSwarm.engine(1)) {
      var client = manager.client();
      services().forEach(service -> left.add("service " + service.getId()));
      client.listTasksCmd().exec().forEach(task -> left.add("task " + task.getId()));
      client.listSecretsCmd().exec().forEach(secret -> left.add("secret " + secret.getId()));
      client.listConfigsCmd().exec().forEach(config -> left.add("config " + config.getId()));
    }
    return left;
  }
}
