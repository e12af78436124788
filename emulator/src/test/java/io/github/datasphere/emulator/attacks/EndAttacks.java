package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.attacks.AttackTable.Attack;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import io.github.datasphere.emulator.runner.RunnerHarness;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jobs that want to end otherwise than they are told to have ended. All begin at once, a few at a
 * time, since each mostly waits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EndAttacks {
  private static final int AT_ONCE = 6;

  /** Where the files of the supervisor are, on a machine and in a container. */
  private static final String BEGIN = """
      S=../state; [ -d $S ] || S=/var/lib/datasphere-emulator
      """;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<String, Future<?>> done = new HashMap<>();
  private RunnerHarness harness;

  protected abstract Factory factory();

  /** What this place is called in the table, where an attack is for one place alone. */
  protected abstract String place();

  @BeforeAll
  void begin(@TempDir Path folder) {
    harness = new RunnerHarness(
        (ports, events) -> factory().start(folder, JobResources.within(folder), ports, events));
    attacks().forEach(attack -> done.put(attack.name(), threads.submit(() -> carryOut(attack))));
  }

  @AfterAll
  void end() {
    threads.shutdownNow();
    if (harness != null) {
      harness.close();
    }
  }

  List<Attack> attacks() {
    return AttackTable.of("ends.txt").stream()
        .filter(attack -> !attack.has("only") || attack.one("only").equals(place()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void theEndIsTrue(Attack attack) throws Exception {
    done.get(attack.name()).get();
  }

  private void carryOut(Attack attack) {
    var described = job(BEGIN + attack.text());
    for (var pair : attack.all("var")) {
      described.var(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    var job = described.build();
    if (attack.has("cancel")) {
      harness.start(job);
      harness.awaitStdout(job, "ready");
      harness.runner().kill(job.id());
    } else {
      harness.runner().run(job);
    }
    assertTrue(attack, job, harness.awaitEnd(job.id()));
    harness.runner().release(job.id());
  }

  private void assertTrue(Attack attack, Job job, Ending ending) {
    var told = ending + "\n" + harness.stdout(job) + harness.stderr(job) + harness.systemLog(job);
    var expected = attack.one("end");
    var end = ending instanceof Ending.Exited exited
        ? Integer.toString(exited.returnCode())
        : ending instanceof Ending.Failed ? "failed" : "other";
    assertThat(end).as(told).matches(expected);
    if (attack.has("out")) {
      assertThat(harness.stdout(job)).as(told).isEqualTo(attack.one("out"));
    }
  }
}
