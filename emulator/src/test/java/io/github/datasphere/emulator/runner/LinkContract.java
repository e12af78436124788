package io.github.datasphere.emulator.runner;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose outputs are to bring what lies outside of the job. */
public abstract class LinkContract extends RunnerContract {
  /** Every machine and image has one, with this in its first line. */
  private static final String VICTIM = "/etc/passwd";

  private static final String CONTENT = "root:";

  /** Each of these jobs leaves {@code out}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ln -s /etc/passwd out",
        "ln -s ../../../../../../../../../../etc/passwd out",
        "ln -s a out; ln -s b a; ln -s /etc/passwd b",
        "ln -s d/../../../../../../../../../etc/passwd out; mkdir d",
        "mkdir d; ln -s / d/root; ln -s d/root/etc/passwd out",
        "ln -s /proc/self/root/etc/passwd out",
        "ln -s /proc/self/cwd/../../../../../../../../etc/passwd out",
        "ln -s /proc/1/root/etc/passwd out",
        "ln -s /etc out",
        "ln -s / out",
        "mkdir out; ln -s /etc/passwd out/p; echo own > out/own",
        "mkdir out; ln -s /etc out/etc; echo own > out/own",
        "mkdir out; ln -s ../out out/self; ln -s ../../../../../../etc/passwd out/p",
        "mkdir -p out/a/b; ln -s ../../../../../../../../../etc out/a/b/c",
        "ln -s out out",
        "ln -s b out; ln -s out b",
        "ln -s /dev/zero out",
        "ln -s /dev/stdin out",
        "ln -s /dev/fd/0 out",
        "mkfifo out",
        "mkdir out; mkfifo out/p; ln -s /dev/zero out/z"
      })
  void whatALinkLeadsToOutsideOfTheJobIsNotStored(String command) {
    var job = job(command).output("out", "").build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.outputFiles())
        .flatExtracting(this::contents)
        .noneMatch(text -> text.contains(CONTENT));
  }

  /** A path of an output that leads through a link of the job. */
  @ParameterizedTest
  @ValueSource(strings = {"d/passwd", "d/../etc/passwd", "d/./passwd", "e/d/passwd"})
  void aPathThroughALinkLeadsNotOutOfTheJob(String path) {
    var job = job("ln -s /etc d; mkdir e; ln -s /etc e/d; test -r " + VICTIM)
        .output(path, "")
        .build();
    harness.run(job);

    assertThat(harness.collect(job).outputFiles())
        .flatExtracting(this::contents)
        .noneMatch(text -> text.contains(CONTENT));
  }

  private List<String> contents(JobFile file) {
    return file.compression() == Compression.ZIP
        ? List.copyOf(harness.unzip(file).values())
        : List.of(harness.text(file));
  }
}
