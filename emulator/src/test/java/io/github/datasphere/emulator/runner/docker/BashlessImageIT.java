package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import io.github.datasphere.emulator.runner.TestJobs;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs whose image has no bash: its sh runs them, and their user is told. */
class BashlessImageIT extends RunnerContract {
  private static DerivedImage image;

  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.LEASED);
  }

  @BeforeAll
  static void makeTheImage() {
    image = new DerivedImage("bashless", List.of("rm", "/bin/bash"));
  }

  @AfterAll
  static void removeTheImage() throws DockerEngineException {
    if (image != null) {
      image.close();
    }
  }

  @Test
  void shRunsTheCommandAndTheLogSaysSo() {
    var job = shell("echo \"$0\"; pwd; exit 3").build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(3, ""));
    assertThat(harness.stdout(job)).isEqualTo("sh\n/job\n");
    assertThat(harness.systemLog(job)).contains("[INFO] The image has no bash");
  }

  @Test
  void variablesHoldAnyText() {
    var text = " a=b\n'c' \"d\" $e `f` \\g\\n ä\n";
    var job = shell("printf %s \"$TEXT\"; printf '%s' \"$LARGE\" | wc -c")
        .var("TEXT", text)
        .var("LARGE", "x".repeat(100_000))
        .build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo(text + "100000\n");
  }

  @Test
  void longCommandIsRun() {
    var job = shell("printf %s " + "y".repeat(100_000) + " | wc -c").build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo("100000\n");
  }

  @Test
  void interruptReachesTheCommand() {
    var job = harness.start(
        shell("trap 'echo caught; exit 7' INT; echo ready;" + " while :; do sleep 0.1; done")
            .build());
    harness.awaitStdout(job, "ready");

    harness.runner().signal(job.id(), 2);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(7, ""));
    assertThat(harness.stdout(job)).endsWith("caught\n");
  }

  @Test
  void signalReachesGroupsAndSessionsOfTheirOwn() {
    var job = harness.start(shell("setsid sh -c 'trap \"sleep 0.5; echo session; exit\" TERM;"
            + " while :; do sleep 0.1; done' & echo up; timeout 100 sh -c 'trap \"echo got; exit 4\""
            + " TERM; while :; do sleep 0.1; done'")
        .build());
    harness.awaitStdout(job, "up");

    harness.runner().signal(job.id(), 15);
    harness.runner().signal(job.id(), 15);

    assertThat(harness.awaitEnd(job.id())).isInstanceOf(Ending.Exited.class);
    assertThat(harness.stdout(job).lines().distinct()).containsExactly("up", "got", "session");
  }

  @Test
  void jobThatKillsAllProcessesEnds() {
    assertThat(harness.run(shell("kill -9 -1; exit 3").build()))
        .isEqualTo(new Ending.Exited(137, "ended by SIGKILL, perhaps for lack of memory"));
  }

  @Test
  void killEndsAlsoWhatLeftTheGroup() {
    var job =
        harness.start(shell("trap '' TERM HUP INT; (setsid sleep 1000 &) ; echo ready; sleep 1000")
            .build());
    harness.awaitStdout(job, "ready");

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(137, ""));
  }

  @Test
  void filesGoInAndOut() {
    var job = shell("mkdir d; cat ${IN} > d/copy; (sleep 0.2; echo late > d/late) &")
        .input(harness.file("in.txt", "IN", "content\n"))
        .output("d", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(harness.unzip(collected.outputFiles().get(0))).containsEntry("d/copy", "content\n");
  }

  @Test
  void pythonEnvironmentIsMade() {
    var job = shell("python3 -c 'import sys; print(sys.prefix)'")
        .python(new PythonEnv("", "3.11", List.of(), List.of(), PipOptions.NONE))
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).startsWith("/job/.job_python_venv_");
  }

  private static TestJobs shell(String cmd) {
    return job(cmd).image(new DockerImage.Registry(image.name(), "", null));
  }
}
