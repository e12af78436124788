package io.github.datasphere.emulator.client;

import static io.github.datasphere.emulator.client.Answers.bytes;
import static io.github.datasphere.emulator.client.Answers.err;
import static io.github.datasphere.emulator.client.Answers.file;
import static io.github.datasphere.emulator.client.Answers.missing;
import static io.github.datasphere.emulator.client.Answers.out;
import static io.github.datasphere.emulator.client.Answers.result;
import static io.github.datasphere.emulator.client.Answers.sha256;
import static io.github.datasphere.emulator.client.Answers.to;
import static io.github.datasphere.emulator.client.Answers.violation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.JobProgress;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How one job is driven, against a service that does what the test says. */
class JobRunTest extends JobRunFixture {
  @Test
  void showsProgramOutputUnchangedAndReturnsZero() throws Exception {
    service.logs(1, out("  indented\n\n"), err("oops\n"));
    service.endLogs();
    service.finish(result(0));

    assertThat(run("cmd: echo").run()).isZero();

    assertThat(console.out()).isEqualTo("  indented\n\n");
    assertThat(console.err()).isEqualTo("oops\n");
    assertThat(console.said())
        .contains("no files to upload", "job completed successfully")
        .contains("job link: https://datasphere.yandex.cloud/communities/bt1fakecommunity0000"
            + "/projects/bt1fakeproject000000/job/"
            + FakeService.JOB_ID);
  }

  @Test
  void returnsTheCodeOfTheProgramAndSaysWhereLogsAre() throws Exception {
    service.endLogs();
    service.finish(result(3));

    assertThat(run("cmd: exit 3").run()).isEqualTo(3);

    assertThat(console.said())
        .contains("ERROR Program returned code 3")
        .contains("see job log files at " + folder.resolve("logs"))
        .contains("  * system.log");
  }

  @Test
  void codeThatDoesNotFitEightBitsIsStillAFailure() throws Exception {
    service.endLogs();
    service.finish(result(512));

    assertThat(run("cmd: odd").run()).isEqualTo(1);
  }

  @Test
  void uploadsFilesByPut() throws Exception {
    Files.writeString(folder.resolve("data.txt"), "hello");
    service.endLogs();
    service.finish(result(0));

    run("cmd: cat data.txt\ninputs:\n- data.txt").run();

    File file = service.created.get(0).getJobParameters().getInputFiles(0);
    assertThat(file.getSha256()).isEqualTo(sha256("hello"));
    assertThat(service.uploaded(file)).asString().isEqualTo("hello");
    assertThat(console.said()).contains("uploading 1 files (5.0B) ...", "files are uploaded");
    assertThat(console.transferred()).isEqualTo(5);
  }

  @Test
  void failedUploadCancelsTheJobAndTellsTheReason() throws Exception {
    Files.writeString(folder.resolve("data.txt"), "hello");
    service.uploadFailure.set("the digest is another one");

    assertThat(run("cmd: cat data.txt\ninputs:\n- data.txt").run()).isEqualTo(1);

    assertThat(console.said())
        .contains(
            "ERROR cannot upload data.txt: the storage answered 400 the digest is another one");
    assertThat(service.cancels)
        .singleElement()
        .satisfies(cancel -> assertThat(cancel.getJobId()).isEqualTo(FakeService.JOB_ID));
    assertThat(service.executed).isEmpty();
  }

  @Test
  void brokenLogStreamIsTakenUpWhereItBroke() throws Exception {
    service.logs(7, out("first\n"));
    service.breakLogs();
    service.breakLogs();
    service.logs(8, out("second\n"));
    service.endLogs();
    service.finish(result(0));

    assertThat(run("cmd: echo").run()).isZero();

    assertThat(console.out()).isEqualTo("first\nsecond\n");
    assertThat(service.logOffsets).containsExactly(0L, 7L, 7L);
  }

  @Test
  void pollingGoesOnAfterAFailure() throws Exception {
    service.pollFailures.add(Status.UNAVAILABLE.withDescription("away"));
    CompletableFuture<Integer> code = start("cmd: echo");
    await().until(() -> console.said().contains("trying again: UNAVAILABLE: away"));
    service.endLogs();
    service.finish(result(0));

    assertThat(code.get()).isZero();
  }

  @Test
  void operationThatIsForgottenEndsTheRun() throws Exception {
    service.pollFailures.add(Status.NOT_FOUND.withDescription("Operation not found"));
    service.endLogs();

    assertThat(run("cmd: echo").run()).isEqualTo(1);

    assertThat(console.said()).contains("NOT_FOUND: Operation not found");
  }

  @Test
  void failureOfTheServiceIsToldAsTheOfficialClientDoes() throws Exception {
    service.endLogs();
    service.fail(13, "Unexpected error");

    assertThat(run("cmd: echo").run()).isEqualTo(1);

    assertThat(console.said())
        .contains(
            "ERROR Operation returned error:\n\tstatus=INTERNAL\n\tdetails=Unexpected error",
            "job link:");
  }

  @Test
  void refusalNamesLineAndKeyOfTheConfiguration() throws Exception {
    var violations = BadRequest.newBuilder()
        .addFieldViolations(violation("job_parameters.output_files[1].path", "the path leads out"))
        .addFieldViolations(violation("project_id", "is unknown"));
    service.refusal.set(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
        .setCode(3)
        .addDetails(Any.pack(violations.build()))
        .build()));

    assertThat(run("cmd: x\noutputs:\n- a\n- ../b").run()).isEqualTo(1);

    assertThat(console.said())
        .contains("config.yaml:4: outputs: the path leads out")
        .contains("project_id: is unknown");
  }

  @Test
  void refusalNamesAlsoTheOtherFieldsOfItsTextByLineAndKey() throws Exception {
    var violations = BadRequest.newBuilder()
        .addFieldViolations(violation(
            "job_parameters.output_files[1].path",
            "is the same path as that of output_files[0]: \"an \\\"output_files[0]\\\"\""));
    service.refusal.set(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
        .setCode(3)
        .addDetails(Any.pack(violations.build()))
        .build()));

    assertThat(run("cmd: x\noutputs:\n- a\n- b").run()).isEqualTo(1);

    assertThat(console.said())
        .contains("config.yaml:4: outputs: is the same path as that of outputs in line 3:"
            + " \"an \\\"output_files[0]\\\"\"");
  }

  @Test
  void outputsAppearAtTheirPaths() throws Exception {
    service.endLogs();
    service.finish(result(0).toBuilder()
        .addOutputFiles(service.offer(file("deep/result.txt", "42"), bytes("42")))
        .build());

    assertThat(run("cmd: x\noutputs:\n- deep/result.txt").run()).isZero();

    assertThat(folder.resolve("deep/result.txt")).hasContent("42");
    assertThat(console.said()).contains("downloading 1 files (2.0B) ...", "files are downloaded");
  }

  @Test
  void damagedDownloadFailsTheRunAndLeavesWhatWasThere() throws Exception {
    Files.writeString(folder.resolve("result.txt"), "old");
    service.endLogs();
    service.finish(result(0).toBuilder()
        .addOutputFiles(service.offer(file("result.txt", "42"), bytes("43")))
        .build());

    assertThat(run("cmd: x\noutputs:\n- result.txt").run()).isEqualTo(1);

    assertThat(folder.resolve("result.txt")).hasContent("old");
    assertThat(names(folder)).containsExactlyInAnyOrder("config.yaml", "logs", "result.txt");
  }

  @Test
  void downloadOfAnotherSizeIsRefusedEvenWithoutADigest() throws Exception {
    service.endLogs();
    File announced = file("result.txt", "42").toBuilder().clearSha256().build();
    service.finish(result(0).toBuilder()
        .addOutputFiles(service.offer(announced, bytes("4")))
        .build());

    assertThat(run("cmd: x\noutputs:\n- result.txt").run()).isEqualTo(1);

    assertThat(folder.resolve("result.txt")).doesNotExist();
  }

  @Test
  void outputThatWasNotDeclaredIsRefused() throws Exception {
    service.endLogs();
    service.finish(result(0).toBuilder()
        .addOutputFiles(service.offer(file("../escaped.txt", "42"), bytes("42")))
        .build());

    assertThat(run("cmd: x\noutputs:\n- result.txt").run()).isEqualTo(1);

    assertThat(folder.resolve("../escaped.txt")).doesNotExist();
    assertThat(console.said()).contains("no declared output");
  }

  @Test
  void missingOutputsAreListed() throws Exception {
    service.endLogs();
    service.finish(result(0).toBuilder()
        .addOutputFilesErrors(missing("a.txt", "Not found"))
        .addOutputFilesErrors(missing("*.pt", ""))
        .build());

    run("cmd: x\noutputs:\n- a.txt\n- '*.pt'").run();

    assertThat(console.said())
        .contains(
            "ERROR Some output files were not uploaded due to errors:",
            "ERROR   * a.txt (Not found)",
            "ERROR   * *.pt (Error while processing file; outputs are no patterns");
  }

  @Test
  void progressIsToldOncePerChange() throws Exception {
    service.progress(JobProgress.newBuilder()
        .setProgress(21)
        .setMessage("half \"way\"")
        .setCreateTime(Timestamp.newBuilder().setSeconds(1))
        .build());
    CompletableFuture<Integer> code = start("cmd: x");
    await().until(() -> console.said().contains("progress 21% half \"way\""));
    service.endLogs();
    service.finish(result(0));
    code.get();

    assertThat(folder.resolve("logs/job_progress.jsonl"))
        .hasContent("{\"progress\": 21, \"message\": \"half \\\"way\\\"\","
            + " \"create_time\": \"1970-01-01T00:00:01+00:00\"}\n");
  }

  @Test
  void thePullOfAnImageIsShownWhileItLasts() throws Exception {
    service.logs(
        1,
        to(".system.log", "[INFO] Pulling image 'tool:1'\n"),
        to(".system.log", "[INFO] Pulled 1.0 MB of 4.0 MB\n"),
        to(".system.log", "[INFO] Image 'tool:1' is pulled\n"));
    service.endLogs();
    service.finish(result(0));

    run("cmd: x").run();

    assertThat(console.said())
        .contains("... Pulling image 'tool:1'\n... Pulled 1.0 MB of 4.0 MB\n")
        .doesNotContain("is pulled");
  }

  @Test
  void logFolderHoldsEveryFileOfTheOfficialClient() throws Exception {
    service.logs(1, out("a\nb\n"), err("c\n"));
    service.logs(2, to(".system.log", "[INFO] ready\n"), to(".docker_stats.tsv", "cpu\t1\n"));
    service.endLogs();
    service.finish(result(0));

    run("cmd: x").run();

    Path logs = folder.resolve("logs");
    assertThat(names(logs))
        .containsExactlyInAnyOrder(
            "log.txt",
            "stdout.txt",
            "stderr.txt",
            "system.log",
            "docker_stats.tsv",
            "gpu_stats.tsv",
            "job_progress.jsonl");
    assertThat(logs.resolve("stdout.txt")).hasContent("a\nb\n");
    assertThat(logs.resolve("stderr.txt")).hasContent("c\n");
    assertThat(logs.resolve("system.log")).hasContent("1970-01-01 00:01:01,005  -  [INFO] ready\n");
    assertThat(logs.resolve("docker_stats.tsv")).hasContent("cpu\t1\n");
    assertThat(Files.readString(logs.resolve("log.txt")))
        .contains("[OUT]  1970-01-01 00:01:01,005 - a\n[OUT]  1970-01-01 00:01:01,005 - b\n")
        .contains("[SYS]  1970-01-01 00:01:01,005 - [INFO] ready\n")
        .contains("[CLI]  1970-01-01 00:00:00,000 - [INFO] - creating job ...\n");
  }

  @Test
  void logFileOfTheJobsOwnStaysBelowTheFolder() throws Exception {
    service.logs(1, to("train/loss.csv", "1,2\n"), to("../out.csv", "3,4\n"));
    service.endLogs();
    service.finish(result(0));

    run("cmd: x").run();

    assertThat(folder.resolve("train/loss.csv")).hasContent("1,2\n");
    assertThat(folder.resolve("../out.csv")).doesNotExist();
    assertThat(console.said()).contains("3,4");
  }

  @Test
  void pythonThatIsNotThereIsToldWithAWayOut() throws Exception {
    Files.writeString(folder.resolve("main.py"), "if __name__ == '__main__':\n  pass\n");

    assertThat(run("cmd: python main.py\nenv:\n  python: auto\n").run()).isEqualTo(1);

    assertThat(console.said())
        .contains("config.yaml:3: env.python:", "no `python3` on the PATH", "`type: manual`");
    assertThat(service.created).isEmpty();
  }

  private static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
