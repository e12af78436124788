package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.docker.OutsideDeeds.Attack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody with access to the engine does to the container of a job while it runs, and after
 * its command has ended. All begin at once, a few at a time, since each mostly waits. Those that
 * wait for long are run by hand, with -Dattacks=all; -Dattacks=pause takes those with that word.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideAttacksIT {
  private static final int AT_ONCE = 6;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<String, Future<?>> done = new LinkedHashMap<>();
  private final List<String> strangers = new CopyOnWriteArrayList<>();
  private DockerEngine engine;
  private RunnerHarness harness;

  @BeforeAll
  void begin(@TempDir Path folder) {
    engine = RealEngine.connect();
    harness = new RunnerHarness((ports, events) -> RealEngine.factory(Durability.ENDED_AT_CLOSE)
        .start(folder, JobResources.within(folder), ports, events));
    running().forEach(one -> done.put(one.name(), threads.submit(() -> whileItRuns(one))));
    ended().forEach(one -> done.put(one.name(), threads.submit(() -> onceItHasEnded(one))));
  }

  @AfterAll
  void end() {
    threads.shutdownNow();
    if (harness != null) {
      harness.close();
    }
    if (engine != null) {
      strangers.forEach(id -> engine
          .client()
          .removeContainerCmd(id)
          .withForce(true)
          .withRemoveVolumes(true)
          .exec());
      engine.close();
    }
  }

  static List<Attack> running() {
    return chosen(OutsideDeeds.running());
  }

  static List<Attack> ended() {
    return chosen(OutsideDeeds.ended());
  }

  private static List<Attack> chosen(Stream<Attack> all) {
    var asked = System.getProperty("attacks");
    return all.filter(attack -> asked == null
            ? !attack.isSlow()
            : asked.equals("all") || attack.name().contains(asked))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("running")
  void theEndOfARunningJobIsTrue(Attack attack) throws Exception {
    done.get(attack.name()).get();
  }

  @ParameterizedTest
  @MethodSource("ended")
  void whatAnEndedJobLeftIsStoredOrToldToBeMissing(Attack attack) throws Exception {
    done.get(attack.name()).get();
  }

  private Void whileItRuns(Attack attack) throws Exception {
    var job = harness.start(
        job("echo ready; until [ -e go ]; do sleep 0.1; done; exit 3").build());
    harness.awaitStdout(job, "ready");
    var victim = victim(job);
    attack.deed().to(victim);
    if (!attack.end().equals(OutsideDeeds.ENDS)) {
      victim.quietly(() -> victim.exec("touch /job/go /moved/go"));
    }
    var ending = harness.awaitEnd(job.id());
    var code = ending instanceof Ending.Exited exited
        ? Integer.toString(exited.returnCode())
        : ending instanceof Ending.Failed ? "failed" : "other";
    assertThat(code).as(ending + "\n" + harness.systemLog(job)).matches(attack.end());
    harness.runner().release(job.id());
    return null;
  }

  private Void onceItHasEnded(Attack attack) throws Exception {
    var job = job("head -c 3000000 /dev/urandom > out; mkdir dir; echo x > dir/x; exit 0")
        .output("out", "")
        .output("dir", "")
        .build();
    harness.run(job);
    attack.deed().to(victim(job));
    assertWhole(harness.collect(job));
    harness.runner().release(job.id());
    return null;
  }

  /** Nothing is half there, and what is not there is told. */
  private static void assertWhole(Collected collected) {
    assertThat(collected.outputFiles().size() + collected.errors().size())
        .isGreaterThanOrEqualTo(2);
    assertThat(collected.outputFiles())
        .filteredOn(file -> file.desc().path().equals("out"))
        .filteredOn(file -> file.compression() == Compression.NONE)
        .allSatisfy(file -> assertThat(file.sizeBytes()).isEqualTo(3_000_000));
  }

  private OutsideVictim victim(Job job) {
    var id = engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Ownership.JOB, job.id().value()))
        .exec()
        .get(0)
        .getId();
    return new OutsideVictim(engine, harness.runner(), job, id, strangers::add);
  }
}
