package io.github.datasphere.emulator.runner;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.logs.LogSource;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job leaves (service-behaviour 4.19 to 4.21, 5.9, 5.12, 10.26, 10.38, 10.42). */
public abstract class OutputContract extends RunnerContract {
  @Test
  void storageThatIsAwayForAWhileCostsNothing() {
    var job = job("echo content > out.txt").output("out.txt", "").build();
    harness.run(job);
    harness.storage().beAway(3);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(harness.text(collected.outputFiles().get(0))).isEqualTo("content\n");
    assertThat(collected.logFiles()).hasSize(3);
    assertThat(harness.systemLog(job))
        .contains(
            "[WARN] The outputs of the job cannot be stored now. The emulator tries again until they are;");
  }

  @Test
  void killBreaksOffWhatIsBeingStored() {
    var job = job("echo content > out.txt").output("out.txt", "").build();
    harness.run(job);
    var held = harness.storage().holdStoring();
    harness.beginCollecting(job);
    held.awaitReader();

    harness.runner().kill(job.id());

    var collected = harness.awaitCollected(job);
    held.release();
    assertThat(collected.outputFiles()).isEmpty();
    assertThat(collected.errors())
        .extracting(FileError::description)
        .first(STRING)
        .contains("cancelled");
  }

  @Test
  void outputsAreCollected() {
    var job =
        job("echo one > ${OUT}; mkdir -p res/sub; echo two > res/sub/x; echo three > plain.txt;"
                + " : > empty")
            .output("result.txt", "OUT")
            .output("res", "")
            .output("plain.txt", "")
            .output("empty", "")
            .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(collected.outputFiles())
        .extracting(file -> file.desc().path())
        .containsExactly("result.txt", "res", "plain.txt", "empty");
    assertThat(collected.outputFiles())
        .extracting(file -> file.compression())
        .containsExactly(Compression.NONE, Compression.ZIP, Compression.NONE, Compression.NONE);
    assertThat(harness.text(collected.outputFiles().get(0))).isEqualTo("one\n");
    assertThat(harness.unzip(collected.outputFiles().get(1)))
        .containsEntry("res/sub/x", "two\n")
        .containsKey("res/");
    assertThat(harness.text(collected.outputFiles().get(2))).isEqualTo("three\n");
  }

  @Test
  void archiveOfADirectoryBeginsWithItsDeclaredName() {
    var job =
        job("mkdir ${DIR}; echo x > ${DIR}/f").output("/abs/model-dir/", "DIR").build();
    harness.run(job);

    var file = harness.output(job);

    assertThat(harness.unzip(file)).containsEntry("model-dir/f", "x\n");
  }

  @Test
  void outputsOfAFailedJobAreCollectedToo() {
    var job = job("echo part > out; exit 9").output("out", "").build();
    harness.run(job);

    assertThat(harness.text(harness.output(job))).isEqualTo("part\n");
  }

  @Test
  void missingOutputIsNamed() {
    var job = job("true").output("models/*.pt", "").output("plain", "").build();
    harness.run(job);

    var errors = harness.collect(job).errors();

    assertThat(errors).extracting(FileError::type).containsOnly(FileError.Type.NOT_FOUND);
    assertThat(errors.get(0).description()).contains("models/*.pt").contains("directory");
    assertThat(errors.get(1).description()).contains("/job/plain").doesNotContain("pattern");
  }

  @Test
  void namesOfAnyLanguageComeAndGo() {
    var job = job("mkdir -p итоги; cp 'данные/файл один.txt' итоги/я.txt; cat жук > 'ответ 😀.txt'")
        .input(harness.directory("данные", "", Map.of("данные/файл один.txt", "1")))
        .input(harness.file("жук", "", "beetle"))
        .output("итоги", "")
        .output("ответ 😀.txt", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(harness.unzip(collected.outputFiles().get(0))).containsEntry("итоги/я.txt", "1");
    assertThat(harness.text(collected.outputFiles().get(1))).isEqualTo("beetle");
  }

  @Test
  void fileWhoseNameIsNotUtf8KeepsItsContentUnderANameMadeOfIt() {
    var job = job("mkdir -p res/$'sub\\xff'; cd res; echo 1 > $'caf\\xe9'; echo 2 > $'caf\\xe8';"
            + " echo 3 > я; echo 4 > $'sub\\xff/x'")
        .output("res", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(harness.unzip(collected.outputFiles().get(0)))
        .containsEntry("res/caf%E9", "1\n")
        .containsEntry("res/caf%E8", "2\n")
        .containsEntry("res/я", "3\n")
        .containsEntry("res/sub%FF/x", "4\n");
    assertThat(harness.logged(job, LogSource.SYSTEM))
        .contains("Output res: res/caf%E9 stands for a name that is not UTF-8");
  }

  @Test
  void nameThatAnotherFileWasGivenIsNotTakenTwice() {
    var job = job("mkdir res; echo own > res/caf%E9; echo made > res/$'caf\\xe9'")
        .output("res", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(harness.unzip(collected.outputFiles().get(0)))
        .containsEntry("res/caf%E9", "own\n")
        .containsEntry("res/caf%E9%", "made\n");
  }

  @Test
  void linksWithinTheJobAreFollowed() {
    var job = job("mkdir ck; echo five > ck/5; ln -s 5 ck/latest; ln -s ck out")
        .output("out", "")
        .output("ck/latest", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(harness.unzip(collected.outputFiles().get(0)))
        .containsEntry("out/5", "five\n")
        .containsEntry("out/latest", "five\n");
    assertThat(harness.text(collected.outputFiles().get(1))).isEqualTo("five\n");
  }

  @Test
  void linksOutOfTheJobAndSpecialFilesAreRefused() {
    var job = job("ln -s /etc/passwd link; mkfifo pipe; ln -s nowhere dangling; ln -s /etc dirlink")
        .output("link", "")
        .output("pipe", "")
        .output("dangling", "")
        .output("dirlink/passwd", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.outputFiles()).isEmpty();
    assertThat(collected.errors())
        .extracting(FileError::type)
        .containsOnly(FileError.Type.UPLOAD_FAILED)
        .hasSize(4);
    assertThat(collected.errors())
        .allSatisfy(error -> assertThat(error.description()).contains("/job/"));
  }

  @Test
  void directoryIsStoredWithoutWhatIsRefusedInIt() {
    var job =
        job("mkdir dir; echo good > dir/file; mkfifo dir/pipe; ln -s /etc dir/out; ln -s .. dir/up")
            .output("dir", "")
            .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(harness.unzip(collected.outputFiles().get(0))).containsEntry("dir/file", "good\n");
    assertThat(collected.errors()).hasSize(1);
    assertThat(collected.errors().get(0).description()).contains("pipe").contains("dir/out");
  }

  @Test
  void tooLargeAndSparseOutputsAreRefused() {
    var job =
        job("truncate -s 30G sparse; mkdir dir; head -c 21000000 /dev/zero > dir/big; echo ok > ok")
            .output("sparse", "")
            .output("dir", "")
            .output("ok", "")
            .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.outputFiles()).extracting(f -> f.desc().path()).containsExactly("ok");
    assertThat(collected.errors())
        .extracting(FileError::type)
        .containsExactly(FileError.Type.UPLOAD_FAILED, FileError.Type.UPLOAD_FAILED);
    assertThat(collected.errors().get(0).description()).contains("larger");
  }

  @Test
  void logsBecomeFiles() {
    var job = job("echo out; echo err >&2").build();
    harness.run(job);

    var logs = harness.collect(job).logFiles();

    assertThat(logs)
        .extracting(file -> file.desc().path())
        .containsExactly("stdout.log", "stderr.log", "system.log");
    assertThat(harness.text(logs.get(0))).isEqualTo("out\n");
    assertThat(harness.text(logs.get(1))).isEqualTo("err\n");
    assertThat(harness.text(logs.get(2))).startsWith("[INFO] ").doesNotContain("[ERROR]");
  }

  @Test
  void diagnosticsTellWhatTheJobTook() {
    var job = job("sleep 1.3").build();
    harness.run(job);

    var file = harness.collect(job).diagnosticFiles().get(0);

    assertThat(file.desc().path()).isEqualTo("docker_stats.tsv");
    var lines = harness.text(file).lines().toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
    assertThat(lines.get(0)).startsWith("time\tcpu_percent\tmemory_bytes");
    assertThat(Long.parseLong(lines.get(1).split("\t")[2])).isPositive();
  }

  @Test
  void progressIsReported() {
    var job = job("echo '{\"progress\": 21, \"message\": \"epoch 1\","
            + " \"create_time\": \"2025-06-01T11:00:12+00:00\"}' > $JOB_PROGRESS_FILENAME")
        .build();

    harness.run(job);

    var progress = new Progress(21, "epoch 1", Instant.parse("2025-06-01T11:00:12Z"));
    assertThat(harness.events(job.id())).contains(new RunnerEvent.Progressed(job.id(), progress));
  }

  @Test
  void outputDatasetIsThereForLaterJobs() {
    var maker = job("echo row > ${SET}/data.csv").outputDataset("rows", "SET").build();
    harness.run(maker);
    var made = harness.collect(maker).datasets();
    assertThat(made).extracting(dataset -> dataset.desc().name()).containsExactly("rows");
    harness.runner().release(maker.id());

    var id = made.get(0).id();
    var user = job("cat ${" + id + "}/data.csv").dataset(id).build();
    harness.run(user);

    assertThat(harness.stdout(user)).isEqualTo("row\n");
  }

  @Test
  void failedJobMakesNoDataset() {
    var job =
        job("echo row > ${SET}/data.csv; exit 1").outputDataset("rows", "SET").build();
    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(1, ""));

    assertThat(harness.collect(job).datasets()).isEmpty();
  }

  @Test
  void collectingTwiceFindsTheSame() {
    var job = job("echo one > out; echo row > ${SET}/data.csv")
        .output("out", "")
        .outputDataset("rows", "SET")
        .build();
    harness.run(job);

    var first = harness.collect(job);
    var second = harness.collect(job);

    assertThat(second.outputFiles()).isEqualTo(first.outputFiles());
    assertThat(second.datasets()).isEqualTo(first.datasets());
  }

  @Test
  void thousandsOfSmallFilesAreCollected() {
    var job = job("mkdir many; cd many; seq 3000 | split -l 1 -a 3 -")
        .output("many", "")
        .build();
    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    var file = collected.outputFiles().get(0);
    assertThat(harness.unzip(file)).hasSize(3_001).containsEntry("many/xaaa", "1\n");
  }

  @Test
  void logReachesReadersWhileTheJobRuns() {
    var job = harness.start(job("echo now; sleep 1000").build());

    harness.awaitStdout(job, "now\n");
    harness.runner().kill(job.id());
    harness.awaitEnd(job.id());
  }
}
