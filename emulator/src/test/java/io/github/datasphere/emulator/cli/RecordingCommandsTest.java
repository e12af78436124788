package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands tell about recordings that are there. */
class RecordingCommandsTest {
  private static final Path SAMPLE = Path.of("../samples/recordings/word-count");

  private Shell shell;

  @TempDir
  Path folder;

  @BeforeEach
  void copy() throws Exception {
    shell = new Shell(folder);
    Files.createDirectories(folder.resolve("one/files"));
    try (var all = Files.walk(SAMPLE)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve("one").resolve(SAMPLE.relativize(file).toString()));
      }
    }
    var text = Files.readString(SAMPLE.resolve("session.jsonl"));
    Files.writeString(
        Files.createDirectories(folder.resolve("other")).resolve("session.jsonl"),
        text.replace("\"description\": \"Execute job\"", "\"description\": \"Execute job 17\""));
  }

  @Test
  void whatTheClientWasGivenIsListedWithItsName() {
    assertThat(shell.run("contract", "one")).as(shell.err()).isZero();
    assertThat(shell.out())
        .startsWith("# datasphere-jobs-cli-0.10.0 ")
        .contains(
            "OperationService.Get done\n",
            "OperationService.Get metadata.job.status\n",
            "OperationService.Get response.output_files.file.desc.path\n",
            "ProjectJobService.Create response.upload_files.url\n",
            "ProjectJobService.ReadLogs logs.content\n");
  }

  @Test
  void whatTheListNamesIsWhatTheEmulatorGives() throws Exception {
    shell.run("contract", "one");
    // What a machine measures, no scripted job has
    var lines = shell.out().replaceAll("(?m)^.* metadata.job.diagnostic_files.*\n", "");
    Files.writeString(folder.resolve("one/contract.txt"), lines);
    var second = new Shell(folder);

    assertThat(second.run("check", "one")).as(second.out()).isZero();
  }

  @Test
  void whatTheListNamesAndNoAnswerHasIsRed() throws Exception {
    Files.writeString(
        folder.resolve("one/contract.txt"), "ProjectService.Get name_of_the_moon # we show it\n");

    assertThat(shell.run("check", "one")).isEqualTo(1);
    assertThat(shell.out())
        .contains("differs: contract ProjectService.Get name_of_the_moon: recorded given, now");
  }

  @Test
  void whatVariesBetweenTwoIsPrintedAsLinesToDeclare() {
    assertThat(shell.run("check", "one", "--beside", "other")).as(shell.err()).isZero();
    assertThat(shell.out()).isEqualToNormalizingNewlines("""
            path *ProjectJobService.Execute*reply.description any   # "Execute job", then "Execute job 17"
            path *OperationService.Get*reply.description any   # "Execute job", then "Execute job 17"
            # 5 pairs of calls compared, 2 fields vary that are not declared
            """);
  }

  @Test
  void aFolderThatIsNoRecordingIsNamed() {
    assertThat(shell.run("contract", "nothing")).isEqualTo(1);
    assertThat(shell.err()).contains("There is no recording in " + folder.resolve("nothing"));
    assertThat(shell.run("check", "one", "--beside", "nothing")).isEqualTo(1);
  }
}
