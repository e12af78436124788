package io.github.datasphere.emulator.client;

import static io.github.datasphere.emulator.client.Answers.bytes;
import static io.github.datasphere.emulator.client.Answers.file;
import static io.github.datasphere.emulator.client.Answers.missing;
import static io.github.datasphere.emulator.client.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.jobs.JobStatus;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a run says of its job where words decide. */
class JobRunEndTest extends JobRunFixture {
  @Test
  void jobThatIsInErrorIsNotCalledASuccess() throws Exception {
    service.endLogs();
    service.finish(
        JobStatus.ERROR,
        result(0).toBuilder()
            .addOutputFilesErrors(missing("a.txt", "Not found"))
            .build());

    assertThat(run("cmd: x\noutputs: [a.txt]").run()).isZero();

    assertThat(console.said())
        .contains("ERROR the program ended with code 0, but the job is in ERROR, one file was not")
        .doesNotContain("successfully");
  }

  @Test
  void missingOutputOfASuccessIsTold() throws Exception {
    service.endLogs();
    service.finish(
        JobStatus.SUCCESS,
        result(0).toBuilder()
            .addOutputFilesErrors(missing("a.txt", "Not found"))
            .build());

    assertThat(run("cmd: x\noutputs: [a.txt]").run()).isZero();

    assertThat(console.said()).contains("WARNING the job is in SUCCESS, one file was not stored");
  }

  @Test
  void fileWhereAFolderHasToBeIsNamed() throws Exception {
    Files.writeString(folder.resolve("out"), "");
    Files.createDirectory(folder.resolve("plain"));
    service.endLogs();
    service.finish(result(0).toBuilder()
        .addOutputFiles(service.offer(file("out/a.txt", "42"), bytes("42")))
        .addOutputFiles(service.offer(file("plain", "42"), bytes("42")))
        .build());

    assertThat(run("cmd: x\noutputs: [out/a.txt, plain]").run()).isEqualTo(1);

    assertThat(console.said())
        .contains("ERROR cannot write out/a.txt: out is a file here, where a folder has to be")
        .contains("ERROR cannot write plain: there is a folder of that name");
  }

  @Test
  void localPathsThatMeetInTheJobAreTold() throws Exception {
    Files.createDirectories(folder.resolve("a/utils"));
    Files.createDirectories(folder.resolve("b/utils"));
    Files.createDirectories(folder.resolve("utils"));
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("utils/x"), "");
    Files.writeString(folder.resolve("src/x"), "");
    Files.writeString(folder.resolve("requirements.txt"), "");
    service.endLogs();
    service.finish(result(0));

    run("""
        cmd: python main.py
        inputs: [utils/x, src/x]
        env:
          python:
            type: manual
            version: '3.10'
            requirements-file: requirements.txt
            local-paths: [a/utils, b/utils, src]
        """).run();

    String place = "WARNING config.yaml:8: env.python.local-paths: ";
    assertThat(console.said())
        .contains(place + "`a/utils` and `b/utils` both come to lie at `utils` in the job")
        .contains(place + "`utils/x` and `b/utils` both come to lie at `utils` in the job: of two"
            + " files with one name that of `b/utils` stays")
        .doesNotContain("`src`");
  }
}
