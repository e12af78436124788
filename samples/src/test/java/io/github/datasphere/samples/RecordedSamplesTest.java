package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each sample job is recorded, and its recording answers another client as the job did, which packs
 * folders into other bytes than the recorded one.
 */
class RecordedSamplesTest {
  @TempDir
  Path folder;

  @Test
  void eachSampleJobHasARecording() throws Exception {
    assertThat(foldersWith("recordings", "session.jsonl"))
        .isEqualTo(foldersWith("", "config.yaml"));
  }

  @ParameterizedTest
  @CsvSource({
    "word-count, 0, counts.txt, fish 4",
    "failing-job, 3, half.txt, half of the work",
    "directory-output, 0, result/more/numbers.txt, one",
    "python-requirement, 0, report.txt, Words by length"
  })
  void aReplayLeavesTheSameFiles(String sample, int code, String file, String text)
      throws Exception {
    var run = SampleRun.replayed(sample, folder);

    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.folder().resolve(file)).content().contains(text);
  }

  @ParameterizedTest
  @CsvSource({"progress-job, 4 of 4 steps", "project-resources, a note on the disk of the project"})
  void aReplayTellsTheSame(String sample, String text) throws Exception {
    var run = SampleRun.replayed(sample, folder);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).contains(text);
  }

  private static List<String> foldersWith(String parent, String file) throws IOException {
    try (var all = Files.list(Path.of(parent))) {
      return all.filter(folder -> Files.exists(folder.resolve(file)))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
