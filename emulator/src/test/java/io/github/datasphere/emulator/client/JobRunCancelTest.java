package io.github.datasphere.emulator.client;

import static io.github.datasphere.emulator.client.Answers.bytes;
import static io.github.datasphere.emulator.client.Answers.file;
import static io.github.datasphere.emulator.client.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a job that is being driven is cancelled. */
class JobRunCancelTest extends JobRunFixture {
  @Test
  void firstCancelIsGracefulIfTheConfigurationSaysSoTheSecondIsNot() throws Exception {
    JobRun run = run("cmd: x\ngraceful-shutdown:\n  signal: SIGINT");
    CompletableFuture<Integer> code = start(run);
    await().until(() -> !service.executed.isEmpty());

    run.cancel();
    run.cancel();
    service.endLogs();
    service.fail(1, "Canceled by user");

    assertThat(code.get()).isEqualTo(130);
    assertThat(service.cancels).extracting(c -> c.getGraceful()).containsExactly(true, false);
  }

  @Test
  void cancelWithoutGracefulSectionIsHard() throws Exception {
    JobRun run = run("cmd: x");
    CompletableFuture<Integer> code = start(run);
    await().until(() -> !service.executed.isEmpty());

    run.cancel();
    service.endLogs();
    service.fail(1, "Canceled by user");

    assertThat(code.get()).isEqualTo(130);
    assertThat(service.cancels).extracting(c -> c.getGraceful()).containsExactly(false);
  }

  @Test
  void cancelBeforeTheJobIsThereKeepsItFromStarting() throws Exception {
    Files.writeString(folder.resolve("data.txt"), "hello");
    JobRun run = run("cmd: x\ninputs:\n- data.txt");
    run.cancel();

    assertThat(run.run()).isEqualTo(130);

    assertThat(service.created).isEmpty();
    assertThat(service.executed).isEmpty();
  }

  @Test
  void configurationFromAPipeThatNobodyWritesToCanBeCancelled() throws Exception {
    Path pipe = folder.resolve("pipe.yaml");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    var options = RunOptions.of(pipe, folder, Map.of()).withLogDirectory(folder.resolve("logs"));
    JobRun run = new JobRun(service.channel(), options, console, CLOCK);
    CompletableFuture<Integer> code = start(run);

    run.cancel();

    assertThat(code.get()).isEqualTo(130);
    assertThat(service.created).isEmpty();
    // The thread that waits for the pipe is let go
    Files.writeString(pipe, "");
  }

  @Test
  void programThatEndsWellAfterACancelKeepsItsResult() throws Exception {
    JobRun run = run("cmd: x\ngraceful-shutdown: {}\noutputs:\n- result.txt");
    CompletableFuture<Integer> code = start(run);
    await().until(() -> !service.executed.isEmpty());

    run.cancel();
    service.endLogs();
    service.finish(result(0).toBuilder()
        .addOutputFiles(service.offer(file("result.txt", "42"), bytes("42")))
        .build());

    assertThat(code.get()).isZero();
    assertThat(folder.resolve("result.txt")).hasContent("42");
  }
}
