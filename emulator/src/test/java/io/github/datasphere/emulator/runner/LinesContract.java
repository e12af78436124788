package io.github.datasphere.emulator.runner;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.logs.LogSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of the output end where lines end, however a program gathers what it writes. */
public abstract class LinesContract extends RunnerContract {
  /** Writes the lines in blocks, and pauses in the middle of lines for more than a second. */
  public static String inBlocks(int size, int lines, int count, String pause) {
    return "seq -f 'step %.0f loss abc' " + lines + " > all; for i in $(seq 0 " + (count - 1)
        + "); do dd if=all bs=" + size + " skip=$i count=1 status=none; " + pause + "; done";
  }

  public static String lines(int lines) {
    return IntStream.rangeClosed(1, lines)
        .mapToObj(i -> "step " + i + " loss abc\n")
        .collect(joining());
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 65536})
  void linesWrittenInBlocksStayWhole(int size) {
    int lines = size / 10;
    var job = job(inBlocks(size, lines, 3, "sleep 1.2")).build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo(lines(lines));
    assertThat(stdout(harness, job)).allMatch(text -> text.endsWith("\n"));
  }

  @Test
  void promptShowsWhileItsProgramWaits() {
    var job = job("echo begin; printf 'password: '; until [ -e told ]; do sleep 0.05; done")
        .build();
    harness.start(job);

    harness.awaitStdout(job, "begin\npassword: ");

    harness.runner().kill(job.id());
    harness.awaitEnd(job.id());
  }

  /** What a client shows as lines of its own, each. */
  public static List<String> stdout(RunnerHarness harness, Job job) {
    return harness.records(job).stream()
        .filter(record -> record.source().equals(LogSource.STDOUT))
        .map(record -> new String(record.content(), UTF_8))
        .toList();
  }
}
