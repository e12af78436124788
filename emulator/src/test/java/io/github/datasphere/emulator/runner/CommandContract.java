package io.github.datasphere.emulator.runner;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.logs.LogSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a command runs (service-behaviour 4.5 to 4.7, 10.28). */
public abstract class CommandContract extends RunnerContract {
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
  void bashRunsTheCommandAsAWhole() {
    var job = job("A=1 printenv A && false || echo second; for i in 1 2; do echo $i; done | tac\n"
            + "cd / && pwd # a comment at the end")
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("1\nsecond\n2\n1\n/\n");
  }

  @Test
  void stdinIsEmpty() {
    var job = job("cat; echo end").build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo("end\n");
  }

  @Test
  void commandOfOneMegabyteRuns() {
    var job = job("echo " + "x".repeat(1 << 20) + " | wc -c").build();

    assertThat(harness.run(job))
        .as(() -> harness.systemLog(job))
        .isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job).strip()).isEqualTo(Integer.toString((1 << 20) + 1));
  }

  @Test
  void bytesOfTheOutputPassUnchanged() {
    var job = job("for i in 1 2 3 4 5 6 7 8; do head -c 300000 ${DATA}; done")
        .input(harness.file("data", "DATA", "\036 \0 текст \036\036\n".repeat(20_000)))
        .build();

    harness.run(job);

    var once =
        new String("\036 \0 текст \036\036\n".repeat(20_000).getBytes(UTF_8), 0, 300_000, UTF_8);
    assertThat(harness.stdout(job)).isEqualTo(once.repeat(8));
  }

  @Test
  void aFileWhereAnotherInputIsADirectoryIsNamed() {
    var job = job("true")
        .input(harness.file("data", "", "a file"))
        .input(harness.directory("data/deep", "", Map.of("deep/x", "X")))
        .build();

    assertThat(((Ending.Failed) harness.run(job)).message())
        .contains("data", "would be a file and a directory at once, or lie inside a file");
  }

  @Test
  void scriptWithoutModeAndShebangStarts() {
    var job =
        job("./run.sh").input(harness.file("run.sh", "", "echo started\n")).build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo("started\n");
  }

  @Test
  void variablesHoldAnyText() {
    var text = "line one\n\"quoted\" 'single' $HOME `id` \\ край";
    var job =
        job("printf %s \"$TEXT\"; echo; printenv MY-SECRET; printenv TOKEN; cat $SA_TOKEN_FILENAME")
            .var("TEXT", text)
            .build();

    harness.run(job);

    assertThat(harness.stdout(job))
        .isEqualTo(text + "\ns3cr3t \"quoted\"\nline one\nline two\nt1.agent");
  }

  @Test
  void variablesDoNotDisturbTheSupervisor() {
    var job = job("/bin/echo ran; exit 4")
        .var("PATH", "/nowhere")
        .var("BASH_ENV", "/nowhere")
        .var("IFS", "x")
        .var("_ds_state", "/nowhere")
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(4, ""));
    assertThat(harness.stdout(job)).isEqualTo("ran\n");
  }

  @Test
  void secretsAreInNoLog() {
    var job = job("true").build();
    harness.run(job);
    harness.collect(job);

    assertThat(harness.systemLog(job)).doesNotContain("s3cr3t").doesNotContain("line one");
  }

  @Test
  void namesAreReplacedAsTextBeforeBashSeesThem() {
    var job = job("wc ${OPTIONS} in.txt; echo '${OPTIONS}' ${OTHER:-default}")
        .argument("OPTIONS", "-l -c")
        .input(harness.file("in.txt", "", "a\nb\n"))
        .build();

    harness.run(job);

    assertThat(harness.stdout(job).replaceAll(" +", " ").strip())
        .isEqualTo("2 4 in.txt\n-l -c default");
  }

  @Test
  void inputsAreWhereTheCommandExpectsThem() {
    var job = job("cat in/text.txt ${DATA} && cat ${DIR}/a/b.txt tree/c.txt")
        .input(harness.file("in/text.txt", "", "plain\n"))
        .input(harness.file("/somewhere/data.csv", "DATA", "variable\n"))
        .input(harness.directory("/my/dir", "DIR", Map.of("dir/a/b.txt", "nested\n")))
        .input(harness.directory("tree", "", Map.of("tree/c.txt", "by path\n")))
        .build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo("plain\nvariable\nnested\nby path\n");
    assertThat(harness.stderr(job)).isEmpty();
  }

  @Test
  void workingDirectoryIsThatOfTheFiles() {
    var job = job("ls; pwd").input(harness.file("here.txt", "", "")).build();

    harness.run(job);

    assertThat(harness.stdout(job)).startsWith("here.txt\n").contains("/job\n");
  }

  @Test
  void datasetsS3AndProjectDiskAreMounted() {
    var first = job("cat ${" + DATASET + "}/part.txt; echo to s3 > ${" + CONNECTOR + "}/out.txt;"
            + " echo kept > $DS_PROJECT_HOME/note; echo more >> ${DS_PROJECT_HOME}/note")
        .dataset(DATASET)
        .s3(CONNECTOR)
        .projectDisk()
        .build();
    var second = job("cat ${DS_PROJECT_HOME}/note; cat s3/" + CONNECTOR + "/out.txt")
        .s3(CONNECTOR)
        .projectDisk()
        .build();

    harness.run(first);
    harness.collect(first);
    harness.run(second);

    assertThat(harness.stdout(first)).isEqualTo("of the dataset\n");
    assertThat(harness.stdout(second)).isEqualTo("kept\nmore\nto s3\n");
  }

  @Test
  void sparkConnectionIsWritten() {
    var job = job("cat $JOB_DATAPROC_CONNECTION_CONFIG").spark("bt1spark").build();

    harness.run(job);

    assertThat(harness.stdout(job)).contains("\"connection_mode\": \"SPARK_LOCAL\"");
    assertThat(harness.logged(job, LogSource.SYSTEM))
        .contains("[WARN] The Spark connector bt1spark is not known here");
  }
}
