package io.github.datasphere.emulator.runner;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every runner of real jobs does, whatever it runs them in. */
public abstract class JobRunnerContract {
  @TempDir
  Path folder;

  protected RunnerHarness harness;

  /** Makes the runner; it may use the folder. */
  protected abstract JobRunner start(Path folder, RunnerPorts ports, RunnerEvents events);

  @BeforeEach
  void startTheRunner() {
    harness = new RunnerHarness((ports, events) -> start(folder, ports, events));
  }

  @AfterEach
  void closeTheRunner() {
    harness.close();
  }

  @Test
  void commandRunsToItsEnd() {
    var job = job("echo hello; echo sorry >&2; exit 3").build();

    var ending = harness.run(job);

    assertThat(ending).isEqualTo(new Ending.Exited(3, ""));
    assertThat(harness.stdout(job)).isEqualTo("hello\n");
    assertThat(harness.stderr(job)).isEqualTo("sorry\n");
    assertThat(harness.events(job.id()))
        .containsExactly(
            new RunnerEvent.Started(job.id()), new RunnerEvent.Ended(job.id(), ending));
  }

  @Test
  void inputsAreWhereTheCommandExpectsThem() {
    var job = job("cat in/text.txt ${DATA} && cat ${DIR}/a/b.txt")
        .input(harness.file("in/text.txt", "", "plain\n"))
        .input(harness.file("/somewhere/data.csv", "DATA", "variable\n"))
        .input(harness.directory("/my/dir", "DIR", Map.of("dir/a/b.txt", "nested\n")))
        .build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo("plain\nvariable\nnested\n");
    assertThat(harness.stderr(job)).isEmpty();
  }

  @Test
  void outputsAreCollected() {
    var job =
        job("echo one > ${OUT}; mkdir -p res/sub; echo two > res/sub/x; echo three > plain.txt")
            .output("result.txt", "OUT")
            .output("res", "")
            .output("plain.txt", "")
            .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(collected.outputFiles())
        .extracting(file -> file.desc().path())
        .containsExactly("result.txt", "res", "plain.txt");
    assertThat(harness.text(collected.outputFiles().get(0))).isEqualTo("one\n");
    assertThat(harness.unzip(collected.outputFiles().get(1)))
        .containsEntry("res/sub/x", "two\n")
        .containsKey("res/");
    assertThat(harness.text(collected.outputFiles().get(2))).isEqualTo("three\n");
  }

  @Test
  void missingOutputIsNamed() {
    var job = job("true").output("models/*.pt", "").build();
    harness.run(job);

    var errors = harness.collect(job).errors();

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).type()).isEqualTo(FileError.Type.NOT_FOUND);
    assertThat(errors.get(0).description()).contains("models/*.pt").contains("directory");
  }

  @Test
  void logsBecomeFiles() {
    var job = job("echo out; echo err >&2").build();
    harness.run(job);

    List<JobFile> logs = harness.collect(job).logFiles();

    assertThat(logs)
        .extracting(file -> file.desc().path())
        .containsExactly("stdout.log", "stderr.log", "system.log");
    assertThat(harness.text(logs.get(0))).isEqualTo("out\n");
    assertThat(harness.text(logs.get(1))).isEqualTo("err\n");
    assertThat(harness.text(logs.get(2))).startsWith("[INFO] ");
  }

  @Test
  void killEndsTheCommand() {
    var job = harness.start(job("sleep 1000").build());

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isInstanceOf(Ending.Exited.class);
  }
}
