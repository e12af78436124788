package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of the official command line, from submission to their outputs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliJobsIT {
  private static final String RESOURCES = """
      secrets:
        MY-SECRET: not very secret
      datasets:
        bt1samp1edataset0000: dataset
      projects:
        bt1fakeproject000000: {name: tests, disk: disk, community: bt1community00000000}
      """;

  private Served served;
  private Path shared;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    shared = folder;
    Files.createDirectories(folder.resolve("dataset"));
    Files.createDirectories(folder.resolve("disk"));
    Files.writeString(folder.resolve("dataset/names.txt"), "iris\n");
    Files.writeString(folder.resolve("disk/notes.txt"), "kept\n");
    served = Served.offline(folder, RESOURCES);
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Test
  void bashWithFiles(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served)
        .file("count.sh", "wc -w < $1; echo counted >&2\n")
        .file("data/text.txt", "one two three\n")
        .file("empty.txt", "");
    var ended = cli.execute("""
        name: words
        desc: counts
        cmd: |
          echo "  two
            lines"
          ./count.sh ${TEXT} > ${COUNT} && cp empty.txt copied.txt
        inputs: [count.sh, empty.txt, {data/text.txt: TEXT}]
        outputs: [{result/count.txt: COUNT}, copied.txt]
        """).good();

    assertThat(cli.work().resolve("result/count.txt")).hasContent("3");
    assertThat(cli.work().resolve("copied.txt")).isEmptyFile();
    assertThat(ended.out())
        .containsSubsequence(
            "creating job ...",
            "uploading 2 files",
            "files are uploaded",
            "executing job ...",
            "job link: https://datasphere.yandex.cloud/communities/bt1community00000000/projects/"
                + OfficialCli.PROJECT + "/job/" + ended.job(),
            "downloading 2 files",
            "files are downloaded",
            "job completed successfully")
        .containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} -   lines$");
    assertThat(ended.err()).containsPattern("(?m)^\\d{4}-\\S+ \\S+ - counted$");
    assertThat(cli.log("stdout.txt")).isEqualTo("two\n  lines\n");
    assertThat(cli.log("stderr.txt")).isEqualTo("counted\n");
    assertThat(cli.log("system.log")).contains("[INFO]").doesNotContain("[ERROR]");
    assertThat(cli.log("log.txt"))
        .contains("[CLI]", "[OUT]", "[ERR]", "[SYS]", "counted", "job completed successfully");
  }

  @Test
  void theSecondRunUploadsNothing(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served).file("in.txt", "the very same\n");
    var job = "name: twice\ncmd: cat in.txt\ninputs: [in.txt]\n";
    assertThat(cli.execute(job).good().out()).contains("uploading 1 files");
    assertThat(cli.execute(job).good().out()).contains("no files to upload");
  }

  @Test
  void manualEnvironmentWithLocalModules(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served)
        .file("main.py", "from pack.inner import word\nimport single\nprint(word + single.end)\n")
        .file("pack/__init__.py", "")
        .file("pack/inner.py", "word = 'both'\n")
        .file("lib/single.py", "end = ' modules'\n")
        .file("requirements.txt", "\n");
    cli.execute("""
        name: modules
        cmd: python main.py
        env:
          python:
            type: manual
            version: 3.10
            requirements-file: requirements.txt
            local-paths: [main.py, pack, lib/single.py]
        """).good();
    assertThat(cli.log("stdout.txt")).isEqualTo("both modules\n");
  }

  @Test
  void secretDatasetAndProjectDisk(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    cli.execute("""
        name: resources
        cmd: |
          printenv MY-SECRET
          cat ${FLOWERS}/names.txt ${DS_PROJECT_HOME}/notes.txt
          echo written > ${DS_PROJECT_HOME}/by-a-job.txt
        datasets:
          - bt1samp1edataset0000: FLOWERS
        flags: [attach-project-disk]
        """).good();
    assertThat(cli.log("stdout.txt")).isEqualTo("not very secret\niris\nkept\n");
    assertThat(shared.resolve("disk/by-a-job.txt")).hasContent("written");
  }

  @Test
  void foldersInAndOut(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served)
        .file("parts/a.txt", "a")
        .file("parts/more/b.txt", "b")
        .file("named/deep/c.txt", "c");
    cli.execute("""
        name: folders
        cmd: mkdir plain && cp -r parts/more/. plain && cp -r ${NAMED}/. ${RESULT}
        inputs: [parts, {named: NAMED}]
        outputs: [{out/result: RESULT}, plain]
        """).good();
    assertThat(cli.work().resolve("plain/b.txt")).hasContent("b");
    assertThat(cli.work().resolve("out/result/deep/c.txt")).hasContent("c");
  }

  @Test
  void aProgramThatFails(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var ended = cli.execute("""
        name: fails
        cmd: echo half > half.txt; echo "cannot go on" >&2; exit 3
        outputs: [half.txt]
        """).bad();
    assertThat(ended.err()).contains("cannot go on", "Program returned code 3");
    assertThat(ended.out()).contains("Program error occurred", "downloading 1 files");
    assertThat(cli.work().resolve("half.txt")).hasContent("half");
    assertThat(cli.log("stderr.txt")).isEqualTo("cannot go on\n");
    assertThat(cli.log("log.txt")).contains("ProgramError: Program returned code 3");

    var download = new String[] {
      "project",
      "job",
      "download-files",
      "--id",
      ended.job(),
      "--with-logs",
      "--with-diagnostics",
      "--output-dir",
      "all"
    };
    Files.createDirectory(cli.work().resolve("all"));
    assertThat(cli.run(download).good().out()).contains("was completed with error (5)");
    assertThat(cli.work().resolve("all/half.txt")).hasContent("half");
    assertThat(cli.work().resolve("all/stderr.log")).hasContent("cannot go on");
    assertThat(cli.work().resolve("all/system.log")).isNotEmptyFile();
  }

  @Test
  void anOutputThatIsMissing(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var ended = cli.execute("""
        name: forgets
        cmd: echo x > there.txt
        outputs: [there.txt, "missing/*.pt"]
        """).good();
    assertThat(ended.out())
        .contains("Some output files were not uploaded due to errors:")
        .containsPattern("  \\* missing/\\*\\.pt \\(.+\\)");
    assertThat(cli.work().resolve("there.txt")).hasContent("x");
    assertThat(cli.work().resolve("missing")).doesNotExist();
  }

  @Test
  void everyLineOfMuchOutputArrives(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    cli.execute("name: lines\ncmd: seq 5000\n").good();
    assertThat(cli.log("stdout.txt").lines())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 5000).mapToObj(Integer::toString).toList());
  }

  @Test
  void linesOfAProgramThatWritesBlocksStayWhole(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    cli.execute("name: blocks\n"
            + "cmd: perl -e 'for my $i (0..3000) { printf \"step %05d loss abc\\n\", $i;"
            + " select(undef,undef,undef,0.001) }'\n")
        .good();
    assertThat(cli.log("stdout.txt").lines())
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 3000)
            .mapToObj("step %05d loss abc"::formatted)
            .toList());
  }

  @Test
  void aLongLineIsCutBetweenCharacters(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    cli.execute("name: line\ncmd: head -c 300001 /dev/zero | sed 's/\\x00/\u0436/g'\n")
        .good();
    assertThat(cli.log("stdout.txt").replace("\n", "")).isEqualTo("\u0436".repeat(300_001));
  }

  @Test
  void progressOfTheProgramIsWritten(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    cli.execute("""
        name: progress
        cmd: |
          echo '{"progress":42,"message":"on","create_time":"2025-06-01T11:00:12+00:00"}' > $JOB_PROGRESS_FILENAME
          sleep 1
        """).good();
    assertThat(cli.log("job_progress.jsonl"))
        .contains(
            "{\"progress\": 42, \"message\": \"on\", \"create_time\": \"2025-06-01T11:00:12+00:00\"}");
  }
}
