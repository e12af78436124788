package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples do what their line in samples/README.md says. */
class SamplesTest {
  @TempDir
  Path folder;

  @Test
  void wordCountWritesTheMostFrequentWords() throws Exception {
    SampleRun run = SampleRun.of("word-count", folder);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.folder().resolve("counts.txt")).hasContent("fish 4\nblue 3\none 3\n");
    assertThat(run.err()).contains("counting the words of 2 lines", "job completed successfully");
  }

  @Test
  void directoryOutputComesBackAsAFolder() throws Exception {
    SampleRun run = SampleRun.of("directory-output", folder);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.folder().resolve("result/fruit.txt")).hasContent("apple\npear\n");
    assertThat(run.folder().resolve("result/more/numbers.txt")).hasContent("one\ntwo\n");
    assertThat(run.out().lines()).contains("sorted fruit.txt", "sorted more/numbers.txt");
  }

  @Test
  void failingJobEndsWithItsOwnCodeAndKeepsWhatItMade() throws Exception {
    SampleRun run = SampleRun.of("failing-job", folder);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.folder().resolve("half.txt")).hasContent("half of the work\n");
    assertThat(run.err())
        .contains("cannot go on: no such thing\n", "  * whole.txt (", "see job log files at");
  }

  @Test
  void progressIsShownWhileTheJobRuns() throws Exception {
    SampleRun run = SampleRun.of("progress-job", folder);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("progress 100% 4 of 4 steps");
    assertThat(folder.resolve("logs/job_progress.jsonl"))
        .content()
        .contains("{\"progress\": 100, \"message\": \"4 of 4 steps\"");
  }

  @Test
  void resourcesOfTheProjectAreThoseOfTheConfigurationFile() throws Exception {
    SampleRun run = SampleRun.of("project-resources", folder);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "the secret has 15 characters\nrose\ntulip\na note on the disk of the project\n");
    assertThat(run.folder().resolve("project-disk/copied-by-a-job.txt"))
        .hasContent("rose\ntulip\n");
  }
}
