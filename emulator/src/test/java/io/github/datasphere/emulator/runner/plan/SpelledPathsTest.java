package io.github.datasphere.emulator.runner.plan;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.TestJobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpelledPathsTest {
  private static final SandboxPaths HOST = new SandboxPaths("/tmp/jobs/7/work", "/tmp/jobs/7/logs");

  @ParameterizedTest
  @CsvSource({
    "ls /job/project/model, ${DS_PROJECT_HOME}/model",
    "ls /job/datasets/bt1set/a.csv, ${bt1set}/a.csv",
    "ls --in=/job/s3/bt1s3, ${bt1s3}",
    "cat '/job/in/data.csv', ${DATA}",
    "cp a /job/out.txt, ${OUT}",
    "python /job/train.py, train.py",
    "cd /job && ls, $PWD"
  })
  void theCommandIsToldTheVariableToUse(String cmd, String instead) {
    assertThat(SpelledPaths.warning(all(cmd).build().parameters(), HOST).orElseThrow())
        .startsWith("The job runs as a process of this machine, so /tmp/jobs/7/work stands for"
            + " /job: instead of /job")
        .contains(" in the command write ", instead);
  }

  @Test
  void aVariableIsToldToComeWithTheCommandSinceNothingIsReplacedInIt() {
    var job = all("true")
        .var("SET", "/job/datasets/bt1set")
        .var("OTHER", "x:/job/bin")
        .build();

    assertThat(SpelledPaths.warning(job.parameters(), HOST).orElseThrow())
        .contains(
            "instead of /job/datasets/bt1set in the variable SET write nothing, and hand over"
                + " ${bt1set} in the command",
            "instead of /job/bin in the variable OTHER write bin, which is relative to where the"
                + " command begins");
  }

  @Test
  void argumentsAreLookedAtToo() {
    var job = all("echo ${A}").argument("A", "-o /job/x").build();

    assertThat(SpelledPaths.warning(job.parameters(), HOST).orElseThrow())
        .contains("instead of /job/x in the argument A write x");
  }

  @Test
  void allOfThemAreOneWarningOfABoundedLength() {
    var cmd = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      cmd.append("cat /job/").append(i).append("; ");
    }

    assertThat(
            SpelledPaths.warning(all(cmd.toString()).build().parameters(), HOST).orElseThrow())
        .endsWith("; and 995 more")
        .hasSizeLessThan(1000)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat /home/job/x",
        "cat $PWD/job/x",
        "cat ./job/x",
        "cat /jobs/x",
        "cat ${DATA}/job/x",
        "cat /job-7/x",
        "true"
      })
  void otherPathsAreNot(String cmd) {
    assertThat(SpelledPaths.warning(all(cmd).build().parameters(), HOST)).isEmpty();
  }

  @Test
  void inAContainerThePathsAreRight() {
    var container = new SandboxPaths(SandboxPaths.CONTAINER_ROOT, "/logs");

    assertThat(SpelledPaths.warning(all("cat /job/x").build().parameters(), container))
        .isEmpty();
  }

  private static TestJobs all(String cmd) {
    return job(cmd)
        .input(
            new JobFile(new FileDesc("in/data.csv", "DATA"), "ab".repeat(32), 1, Compression.NONE))
        .output("out.txt", "OUT")
        .s3("bt1s3")
        .dataset("bt1set")
        .projectDisk();
  }
}
