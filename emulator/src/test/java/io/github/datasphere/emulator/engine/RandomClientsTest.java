package io.github.datasphere.emulator.engine;

import static io.github.datasphere.emulator.job.JobStatus.CANCELLED;
import static io.github.datasphere.emulator.job.JobStatus.CANCELLING;
import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.ERROR;
import static io.github.datasphere.emulator.job.JobStatus.EXECUTING;
import static io.github.datasphere.emulator.job.JobStatus.PREPARING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.job.JobStatus.UPLOADING_OUTPUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.runner.scripted.ScriptedRunner;
import io.github.datasphere.emulator.time.SystemScheduler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 64 clients do whatever comes to their mind to 500 jobs. */
class RandomClientsTest {
  private static final int CLIENTS = 64;
  private static final int JOBS = 500;
  private static final int CALLS = 200;
  private static final int LINES = 20;
  private static final Map<JobStatus, Set<JobStatus>> LEGAL = Map.of(
      CREATING, EnumSet.of(PREPARING, CANCELLED),
      PREPARING, EnumSet.of(EXECUTING, UPLOADING_OUTPUT, CANCELLING),
      EXECUTING, EnumSet.of(UPLOADING_OUTPUT, CANCELLING),
      UPLOADING_OUTPUT, EnumSet.of(SUCCESS, ERROR, CANCELLING),
      CANCELLING, EnumSet.of(CANCELLED),
      SUCCESS, EnumSet.noneOf(JobStatus.class),
      ERROR, EnumSet.noneOf(JobStatus.class),
      CANCELLED, EnumSet.noneOf(JobStatus.class));

  @TempDir
  Path folder;

  private final HistoryStore store = new HistoryStore();
  private final MemoryJobLog logs = new MemoryJobLog();
  private final List<JobId> jobs = new CopyOnWriteArrayList<>();

  @Test
  void whateverClientsDoJobsMakeLegalMovesAndOperationsEndOnce() throws Exception {
    var seed = new Random().nextLong();
    try (var scheduler = new SystemScheduler(Clock.systemUTC());
        var engine = engine(scheduler, seed)) {
      for (int i = 0; i < JOBS; i++) {
        jobs.add(create(engine));
      }
      runClients(engine, seed);
      jobs.forEach(id -> ignoreRefusal(() -> engine.cancel(id, false)));
      await().atMost(Duration.ofSeconds(60)).until(() -> store.active().isEmpty());
    }
    store.histories.forEach((id, history) -> checkHistory(seed, id, history));
    assertThat(store.ends.values()).as("seed %s", seed).containsOnly(1);
    jobs.stream()
        .filter(id -> store.job(id).map(job -> !job.data().cleared()).orElse(false))
        .forEach(id -> checkLog(seed, id));
  }

  private JobEngine engine(SystemScheduler scheduler, long seed) throws Exception {
    var files = LocalFileStore.temporary(
        folder, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
    var ids = new IdSource(new Random(seed));
    var ports = new RunnerPorts(files, logs, scheduler.clock(), ids);
    return new JobEngine(
        new EnginePorts(store, files, logs, scheduler),
        events -> new ScriptedRunner(job -> script(job.id()), ports, scheduler, events),
        ids,
        EngineSettings.defaults());
  }

  private static Script script(JobId id) {
    var random = new Random(id.hashCode());
    var script = Script.empty().preparesFor(Duration.ofMillis(random.nextInt(3)));
    for (int line = 0; line < LINES; line++) {
      script = script.stdout(line + "\n").after(Duration.ofMillis(random.nextInt(2)));
    }
    script = script.exits(random.nextInt(2));
    return random.nextBoolean() ? script : script.ignoresSignals();
  }

  private void runClients(JobEngine engine, long seed) throws Exception {
    var pool = Executors.newFixedThreadPool(CLIENTS);
    try {
      var clients = new CopyOnWriteArrayList<Future<?>>();
      for (int i = 0; i < CLIENTS; i++) {
        var random = new Random(seed + i);
        clients.add(pool.submit(() -> client(engine, random)));
      }
      for (var client : clients) {
        client.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void client(JobEngine engine, Random random) {
    for (int i = 0; i < CALLS; i++) {
      var id = jobs.get(random.nextInt(jobs.size()));
      var what = random.nextInt(100);
      ignoreRefusal(() -> call(engine, id, what));
    }
  }

  private void call(JobEngine engine, JobId id, int what) {
    if (what < 40) {
      engine.execute(id);
    } else if (what < 60) {
      engine.cancel(id, what % 2 == 0);
    } else if (what < 70) {
      engine.setDataTtl(id, what % 2 == 0 ? null : Duration.ofDays(1));
    } else if (what < 75) {
      engine.deleteData(id);
    } else if (what < 77) {
      engine.delete(id);
    } else if (what < 80) {
      jobs.add(Objects.requireNonNull(engine
          .cloneJob(new CloneJob(id, overrides(), "", "", Duration.ofDays(14)), Caller.LOCAL)
          .jobId()));
    } else {
      engine.job(id);
    }
  }

  private static void ignoreRefusal(Runnable call) {
    try {
      call.run();
    } catch (RejectedException expected) {
      // A refusal is a good answer; whether it changed anything shows in the history
    }
  }

  private static JobId create(JobEngine engine) {
    var builder = new ParametersBuilder();
    builder.graceful = new GracefulShutdown(Duration.ofMillis(5), 15);
    var request = new CreateJob(
        EngineFixture.PROJECT, builder.build(), "", "random", "", Duration.ofDays(14));
    return Objects.requireNonNull(engine.create(request, Caller.LOCAL).jobId());
  }

  private static JobParameters overrides() {
    var builder = new ParametersBuilder();
    builder.cmd = "";
    builder.types.clear();
    return builder.build();
  }

  private static void checkHistory(long seed, JobId id, List<JobStatus> history) {
    assertThat(history.get(0)).isEqualTo(CREATING);
    for (int i = 1; i < history.size(); i++) {
      assertThat(LEGAL.get(history.get(i - 1)))
          .as("seed %s, job %s, history %s", seed, id, history)
          .contains(history.get(i));
    }
  }

  /** The lines that were printed before the end, each once, in order. */
  private void checkLog(long seed, JobId id) {
    var page = logs.read(id, LogSelection.STANDARD_STREAMS, 0, Integer.MAX_VALUE);
    var text = new StringBuilder();
    page.records().forEach(record -> text.append(new String(record.content(), UTF_8)));
    var expected = new StringBuilder();
    for (int line = 0; expected.length() < text.length(); line++) {
      expected.append(line).append('\n');
    }
    assertThat(text).as("seed %s, log of job %s", seed, id).hasToString(expected.toString());
    assertThat(page.nextIndex()).isEqualTo(page.records().size());
  }
}
