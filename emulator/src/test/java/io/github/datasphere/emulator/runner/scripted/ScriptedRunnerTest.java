package io.github.datasphere.emulator.runner.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.CreateJob;
import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.ManualClock;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedRunnerTest {
  private static final ProjectId PROJECT = new ProjectId("bt1project");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir
  Path folder;

  private final ManualClock clock = new ManualClock(START);
  private final MemoryJobLog logs = new MemoryJobLog();
  private final ParametersBuilder job = new ParametersBuilder();
  private LocalFileStore files;
  private JobEngine engine;
  private Script script = Script.empty();

  @BeforeEach
  void setUp() throws IOException {
    files = new LocalFileStore(
        folder, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
    var ids = new IdSource(new Random(1));
    var ports = new RunnerPorts(files, logs, clock.clock(), ids);
    engine = new JobEngine(
        new EnginePorts(new MemoryJobStore(), files, logs, clock),
        events -> new ScriptedRunner(asked -> script, ports, clock, events),
        ids,
        EngineSettings.defaults());
  }

  @Test
  void aScriptWithoutTimeHasEndedWhenExecuteReturns() {
    script = Script.empty().stdout("hello\n").exits(3);
    var id = execute();
    assertThat(job(id).status()).isEqualTo(JobStatus.ERROR);
    assertThat(printed(id)).containsExactly("hello\n");
  }

  @Test
  void stepsHappenAtTheirTime() {
    script = Script.empty()
        .preparesFor(Duration.ofMinutes(1))
        .stdout("epoch 1\n")
        .after(Duration.ofMinutes(2))
        .stdout("epoch 2\n")
        .lasts(Duration.ofMinutes(10));
    var id = execute();
    assertThat(job(id).status()).isEqualTo(JobStatus.PREPARING);
    clock.advance(Duration.ofMinutes(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.EXECUTING);
    assertThat(printed(id)).containsExactly("epoch 1\n");
    clock.advance(Duration.ofMinutes(2));
    assertThat(printed(id)).containsExactly("epoch 1\n", "epoch 2\n");
    clock.advance(Duration.ofMinutes(7));
    assertThat(job(id).status()).isEqualTo(JobStatus.EXECUTING);
    clock.advance(Duration.ofMinutes(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job(id).finishedAt()).isEqualTo(START.plus(Duration.ofMinutes(11)));
  }

  @Test
  void lineThatIsPrintedInPiecesIsOneRecord() {
    script = Script.empty()
        .stdout("begin\nstep 1 l")
        .stderr("warning\n")
        .after(Duration.ofMillis(900))
        .stdout("oss 0.3\nend");
    var id = execute();
    assertThat(printed(id)).containsExactly("begin\n", "warning\n");
    clock.advance(Duration.ofSeconds(1));
    assertThat(printed(id)).containsExactly("begin\n", "warning\n", "step 1 loss 0.3\n", "end");
  }

  @Test
  void unfinishedLineIsNotLostWhenAScriptIsKilled() {
    script =
        Script.empty().stdout("x".repeat(4096)).after(Duration.ofMinutes(1)).stdout("never\n");
    var id = execute();
    engine.cancel(id, false);
    assertThat(String.join("", printed(id))).isEqualTo("x".repeat(4096));
  }

  @Test
  void writtenFilesBecomeOutputsByPathAndByVariable() throws IOException {
    job.outputs.add(ParametersBuilder.output("model.bin", ""));
    job.outputs.add(ParametersBuilder.output("/tmp/metrics", "METRICS"));
    script = Script.empty().writes("model.bin", "m").writes("METRICS", "0.9");
    var outputs = job(execute()).results().outputFiles();
    assertThat(outputs).extracting(this::text).containsExactly("m", "0.9");
  }

  @Test
  void filesBelowAnOutputBecomeItsArchive() throws IOException {
    job.outputs.add(ParametersBuilder.output("out/run", ""));
    script = Script.empty().writes("out/run/a.txt", "a").writes("out/run/sub/b.txt", "b");
    var output = job(execute()).results().outputFiles().get(0);
    assertThat(output.compression()).isEqualTo(Compression.ZIP);
    assertThat(entries(output)).containsExactly("run/a.txt", "run/sub/b.txt");
  }

  @Test
  void anOutputThatIsNotWrittenIsMissing() {
    job.outputs.add(ParametersBuilder.output("model.bin", ""));
    var id = execute();
    assertThat(job(id).status()).isEqualTo(JobStatus.ERROR);
    assertThat(job(id).statusDetails()).contains("model.bin");
  }

  @Test
  void aSystemFailureEndsTheOperationWithItsError() {
    script = Script.empty().failsWith(Status.Code.INTERNAL, "Unexpected error");
    var id = execute();
    assertThat(engine.execute(id).operation().result())
        .isEqualTo(new OperationResult.Failed(ErrorCode.INTERNAL, "Unexpected error"));
  }

  @Test
  void aSystemFailureWithoutWordsStillSaysSomethingInTheStatusDetails() {
    script = Script.empty().failsWith(Status.Code.INTERNAL, "");
    var id = execute();
    assertThat(job(id).status()).isEqualTo(JobStatus.ERROR);
    assertThat(job(id).statusDetails()).isEqualTo("The execution failed with INTERNAL");
  }

  @Test
  void aJobThatFailsWhileItPreparesNeverExecutesAndHasOnlyItsSystemLog() {
    job.outputs.add(ParametersBuilder.output("model.bin", ""));
    script = Script.empty()
        .systemLog("pulling nope:1\n")
        .after(Duration.ofMinutes(1))
        .failsWhilePreparing(Status.Code.FAILED_PRECONDITION, "Image nope:1 is not found")
        .preparesFor(Duration.ofMinutes(2));
    var id = execute();
    clock.advance(Duration.ofMinutes(3).minusMillis(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.PREPARING);
    clock.advance(Duration.ofMillis(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.ERROR);
    assertThat(job(id).execution().startedAt()).isNull();
    assertThat(job(id).results().outputFiles()).isEmpty();
    assertThat(job(id).results().logFiles())
        .extracting(file -> file.desc().path())
        .containsExactly("system.log");
    assertThat(engine.execute(id).operation().result())
        .isEqualTo(
            new OperationResult.Failed(ErrorCode.FAILED_PRECONDITION, "Image nope:1 is not found"));
  }

  @Test
  void aJobThatIsCancelledBeforeItFailsWhilePreparingIsCancelled() {
    script = Script.empty()
        .after(Duration.ofMinutes(1))
        .failsWhilePreparing(Status.Code.INTERNAL, "too late");
    var id = execute();
    engine.cancel(id, true);
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
    clock.advance(Duration.ofMinutes(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void whatNeedsAProgramIsRefusedBeforeAFailureInPreparation() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Script.empty().stdout("a").failsWhilePreparing(Status.Code.INTERNAL, ""))
        .withMessageContaining("only systemLog, after and waitsFor");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Script.empty().failsWhilePreparing(Status.Code.INTERNAL, "").exits(0))
        .withMessageContaining("the script has ended");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Script.empty().onSignal(Script.empty().failsWhilePreparing(Status.Code.INTERNAL, "")))
        .withMessageContaining("has begun");
  }

  @Test
  void aJobStaysInUploadingOutputAsLongAsItsScriptSays() {
    job.outputs.add(ParametersBuilder.output("model.bin", ""));
    script = Script.empty().writes("model.bin", "m").exits(0).uploadsFor(Duration.ofMinutes(5));
    var id = execute();
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.UPLOADING_OUTPUT);
    assertThat(engine.execute(id).operation().isDone()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job(id).results().outputFiles()).hasSize(1);
  }

  @Test
  void aCancelWhileOutputsAreUploadedWaitsForThem() {
    script = Script.empty().uploadsFor(Duration.ofMinutes(5));
    var id = execute();
    engine.cancel(id, false);
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLING);
    clock.advance(Duration.ofMinutes(5));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void outputsOfAKilledProgramTakeAsLong() {
    script = Script.empty().lasts(Duration.ofHours(1)).uploadsFor(Duration.ofMinutes(5));
    var id = execute();
    engine.cancel(id, false);
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLING);
    clock.advance(Duration.ofMillis(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aScriptMayLastForEver() {
    script = Script.empty().lasts(Duration.ofSeconds(Long.MAX_VALUE));
    var id = execute();
    clock.advance(Duration.ofDays(365_000));
    assertThat(job(id).status()).isEqualTo(JobStatus.EXECUTING);
  }

  @Test
  void aJobWaitsForItsGate() {
    var gate = new Gate("trained");
    script = Script.empty().waitsFor(gate).stdout("on\n");
    var id = execute();
    clock.advance(Duration.ofDays(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.EXECUTING);
    gate.open();
    assertThat(job(id).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(printed(id)).containsExactly("on\n");
  }

  @Test
  void testCodeSeesTheInputsAsTheyWereUploaded() throws IOException {
    job.inputs.add(stored("numbers.txt", "1 2 3"));
    job.outputs.add(ParametersBuilder.output("copy", ""));
    script = Script.empty().performs(run -> run.writes("copy", run.input("numbers.txt")));
    assertThat(text(job(execute()).results().outputFiles().get(0))).isEqualTo("1 2 3");
  }

  @Test
  void testCodeThatThrowsEndsTheJobAsASystemFailureThatSaysSo() {
    script = Script.empty().performs(run -> {
      throw new IllegalStateException("expected in this test");
    });
    assertThat(job(execute()).statusDetails()).contains("expected in this test");
  }

  @Test
  void progressIsSeenWhileTheJobRuns() {
    script = Script.empty().progress(21, "training").lasts(Duration.ofMinutes(1));
    assertThat(job(execute()).execution().progress())
        .isEqualTo(new Progress(21, "training", START));
  }

  @Test
  void cancelKillsAndKeepsWhatWasWritten() {
    job.outputs.add(ParametersBuilder.output("model.bin", ""));
    script = Script.empty().writes("model.bin", "half").lasts(Duration.ofDays(1));
    var id = execute();
    engine.cancel(id, false);
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job(id).results().outputFiles()).hasSize(1);
  }

  @Test
  void cancelWhilePreparingLeavesOnlyTheSystemLog() {
    script = Script.empty().preparesFor(Duration.ofMinutes(1));
    var id = execute();
    engine.cancel(id, false);
    assertThat(job(id).results().logFiles())
        .extracting(file -> file.desc().path())
        .containsExactly("system.log");
  }

  @Test
  void aGracefulCancelLetsTheProgramReact() {
    job.graceful = new GracefulShutdown(Duration.ofSeconds(30), 15);
    script = Script.empty()
        .lasts(Duration.ofDays(1))
        .onSignal(Script.empty().stdout("saving\n").after(Duration.ofSeconds(5)));
    var id = execute();
    engine.cancel(id, true);
    assertThat(printed(id)).containsExactly("saving\n");
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLING);
    clock.advance(Duration.ofSeconds(5));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aProgramThatIgnoresTheSignalIsKilledAfterTheTimeout() {
    job.graceful = new GracefulShutdown(Duration.ofSeconds(30), 15);
    script = Script.empty().stdout("on\n").lasts(Duration.ofDays(1)).ignoresSignals();
    var id = execute();
    engine.cancel(id, true);
    clock.advance(Duration.ofSeconds(29));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(job(id).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(printed(id)).containsExactly("on\n");
  }

  private JobId execute() {
    var created = engine.create(
        new CreateJob(PROJECT, job.build(), "", "train", "", Duration.ofDays(14)), Caller.LOCAL);
    var id = Objects.requireNonNull(created.jobId());
    engine.execute(id);
    return id;
  }

  private Job job(JobId id) {
    return engine.job(id);
  }

  private List<String> printed(JobId id) {
    return logs.read(id, LogSelection.STANDARD_STREAMS, 0, 1 << 20).records().stream()
        .map(record -> new String(record.content(), StandardCharsets.UTF_8))
        .toList();
  }

  private JobFile stored(String path, String content) throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    try (var staged = files.stage(PROJECT, new ByteArrayInputStream(bytes), bytes.length)) {
      staged.publish();
      return new JobFile(
          ParametersBuilder.output(path, ""),
          staged.key().sha256(),
          bytes.length,
          Compression.NONE);
    }
  }

  private String text(JobFile file) {
    try (var content = files.open(new FileKey(PROJECT, file.sha256()), 0)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> entries(JobFile archive) throws IOException {
    var names = new ArrayList<String>();
    try (var zip = new ZipInputStream(files.open(new FileKey(PROJECT, archive.sha256()), 0))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
