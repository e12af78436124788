package io.github.datasphere.emulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs, from the configuration file to the result, by the emulator and real processes. */
class JobRunWithEmulatorTest {
  @TempDir
  Path folder;

  private final RecordedConsole console = new RecordedConsole();
  private Emulator emulator;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess(
        EmulatorConfig.onFreePorts().with(JobsConfig.defaults().with(RunnerKind.PROCESS)));
    channel = emulator.channel();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    emulator.close();
  }

  @Test
  void filesGoInAndComeOutWhereTheConfigurationSays() throws Exception {
    Files.createDirectories(folder.resolve("in/deep"));
    Files.writeString(folder.resolve("in/deep/a.txt"), "A");
    Files.writeString(folder.resolve("plain.txt"), "plain");
    String config = """
        cmd: |
          cat in/deep/a.txt plain.txt in/deep/a.txt > ${OUT}
          mkdir -p made/deep && echo ${WORD} > made/deep/b.txt
          echo out; echo err >&2
        args: {WORD: two words}
        inputs:
          - in
          - plain.txt
        outputs:
          - results/joined.txt: OUT
          - made
        """;

    assertThat(run(config).run()).as(console.said()).isZero();

    assertThat(folder.resolve("results/joined.txt")).hasContent("AplainA");
    assertThat(folder.resolve("made/deep/b.txt")).hasContent("two words\n");
    assertThat(console.out()).isEqualTo("out\n");
    assertThat(console.err()).isEqualTo("err\n");
    assertThat(folder.resolve("logs/stdout.txt")).hasContent("out\n");
    assertThat(folder.resolve("logs/system.log")).isNotEmptyFile();
  }

  @Test
  void aPathThatIsAnotherOneHereIsWarnedOfOnce() throws Exception {
    assertThat(run("cmd: test -e /job/a || test -e /job/b || echo elsewhere").run())
        .isZero();

    assertThat(console.said())
        .containsOnlyOnce("WARNING The job runs as a process of this machine, so ")
        .contains(" stands for /job: instead of /job/a in the command write a, ");
    assertThat(folder.resolve("logs/system.log")).content().contains("[WARN] The job runs as a");
  }

  @Test
  void folderWithVariableIsReachedThroughIt() throws Exception {
    Files.createDirectories(folder.resolve("in/deep"));
    Files.writeString(folder.resolve("in/deep/a.txt"), "A");

    assertThat(run("cmd: cat ${DIR}/deep/a.txt\ninputs: [in: DIR]").run()).isZero();

    assertThat(console.out()).isEqualTo("A");
  }

  @Test
  void secondRunUploadsNothing() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a.txt"), "A");
    String config = "cmd: cat in/a.txt\ninputs: [in]";
    run(config).run();

    var second = new RecordedConsole();
    Files.setLastModifiedTime(
        folder.resolve("in/a.txt"), java.nio.file.attribute.FileTime.fromMillis(0));
    new JobRun(channel, options(), second, Clock.systemUTC()).run();

    assertThat(console.said()).contains("uploading 1 files");
    assertThat(second.said()).contains("no files to upload");
  }

  @Test
  void exitCodeOfTheProgramComesBack() throws Exception {
    assertThat(run("cmd: echo half > out.txt; exit 7\noutputs: [out.txt]").run())
        .isEqualTo(7);

    assertThat(folder.resolve("out.txt")).hasContent("half\n");
    assertThat(console.said()).contains("Program returned code 7", "see job log files at");
  }

  @Test
  void refusalOfTheServiceNamesTheLine() throws Exception {
    String config = """
        cmd: echo ${MISSING}
        inputs: [in, in/a.txt]
        outputs:
          - fine
          - ../outside
        datasets:
          - short: D
        """;
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a.txt"), "A");

    assertThat(run(config).run()).isEqualTo(1);

    assertThat(console.said())
        .contains("ERROR config.yaml:1: cmd: ")
        .contains("config.yaml:2: inputs: ")
        .contains("config.yaml:5: outputs: ")
        .contains("config.yaml:7: datasets: ");
  }

  @Test
  void cancelEndsALongJob() throws Exception {
    JobRun run = run("cmd: echo started; sleep 600");
    CompletableFuture<Integer> code = start(run);
    await().until(() -> console.out().equals("started\n"));

    run.cancel();

    assertThat(code.get()).isEqualTo(130);
  }

  @Test
  void gracefulCancelLetsTheProgramFinish() throws Exception {
    JobRun run = run("""
            cmd: trap 'echo bye; exit 5' INT; echo started; while true; do sleep 0.05; done
            graceful-shutdown: {signal: SIGINT, timeout: 60s}
            """);
    CompletableFuture<Integer> code = start(run);
    await().until(() -> console.out().equals("started\n"));

    run.cancel();

    assertThat(code.get()).isEqualTo(130);
    assertThat(console.out()).isEqualTo("started\nbye\n");
  }

  @Test
  void outputsThatAProgramSavesOnAGracefulCancelAreDownloaded() throws Exception {
    JobRun run = run("""
            cmd: trap 'echo saved > result.txt; exit 5' INT; echo started; while true; do sleep 0.05; done
            outputs: [result.txt]
            graceful-shutdown: {signal: SIGINT, timeout: 60s}
            """);
    CompletableFuture<Integer> code = start(run);
    await().until(() -> console.out().equals("started\n"));

    run.cancel();

    assertThat(code.get()).isEqualTo(130);
    assertThat(folder.resolve("result.txt")).hasContent("saved");
  }

  private JobRun run(String config) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config);
    return new JobRun(channel, options(), console, Clock.systemUTC());
  }

  private RunOptions options() {
    return RunOptions.of(Path.of("config.yaml"), folder, Map.of())
        .withLogDirectory(folder.resolve("logs"));
  }

  private static CompletableFuture<Integer> start(JobRun run) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }
}
