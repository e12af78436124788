package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator answers as it did when the samples were recorded; what differs is found. */
class ChecksTest {
  private static final Path SAMPLES = Path.of("../samples/recordings");

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({
    "word-count, 5",
    "failing-job, 5",
    "progress-job, 5",
    "directory-output, 5",
    "project-resources, 5",
    "python-requirement, 11"
  })
  void recordingsOfTheSamplesAreReproduced(String sample, int calls) {
    var report = Checks.check(SAMPLES.resolve(sample));

    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isEqualTo(calls);
    assertThat(report.isGood()).isTrue();
  }

  @Test
  void aPlantedDifferenceIsFoundAndNoOther() throws Exception {
    copy("word-count");
    edit("\"description\": \"Execute job\"", "\"description\": \"Run job\"");

    assertThat(Checks.check(folder).differences())
        .extracting(Object::toString)
        .containsExactly(
            "call 2 ProjectJobService.Execute reply.description: recorded \"Run job\", now"
                + " \"Execute job\"",
            "call 4 OperationService.Get reply.description: recorded \"Run job\", now"
                + " \"Execute job\"");
  }

  @Test
  void anotherCodeAndAnotherTextAreFound() throws Exception {
    copy("word-count");
    edit(
        "\"call\": 5, \"event\": \"end\", \"code\": \"OK\"",
        "\"call\": 5, \"event\": \"end\", \"code\": \"NOT_FOUND\", \"text\": \"no such project\"");

    assertThat(Checks.check(folder).differences())
        .extracting(difference -> difference.path())
        .containsExactly("call 5 ProjectService.Get code", "call 5 ProjectService.Get text");
  }

  @Test
  void acceptedDifferencesNeedAReasonAndAUse() throws Exception {
    copy("word-count");
    Files.writeString(folder.resolve("accepted.txt"), "call 9 * # we know\n");
    var report = Checks.check(folder);

    assertThat(report.idle()).containsExactly("call 9 *");
    assertThat(report.isGood()).isFalse();

    Files.writeString(folder.resolve("accepted.txt"), "call 9 *\n");
    assertThatThrownBy(() -> Checks.check(folder)).hasMessageContaining("a line without a reason");
  }

  @Test
  void aRecordingWithoutCallsIsRed() throws Exception {
    var first = Files.readAllLines(SAMPLES.resolve("word-count/session.jsonl")).get(0);
    Files.write(
        folder.resolve("session.jsonl"),
        List.of(first, "{\"at\": 0, \"after\": 0, \"event\": \"over\", \"events\": 0}"));

    assertThat(Checks.check(folder).isGood()).isFalse();
  }

  @Test
  void aMissingFileIsNotReissuable() throws Exception {
    copy("word-count");
    try (var files = Files.list(folder.resolve("files"))) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    var report = Checks.check(folder);

    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note)
            .startsWith("not reissuable: put ")
            .endsWith("the recording does not have its content"));
    assertThat(report.isGood()).isFalse();
  }

  @Test
  void whatAContractNamesAndNoAnswerHasIsFound() throws Exception {
    copy("word-count");
    Files.writeString(
        folder.resolve("contract.txt"),
        "# the client\nOperationService.Get metadata.job.status  # it waits for that\n"
            + "OperationService.Get metadata.job.mood\n");

    assertThat(Checks.check(folder).differences())
        .extracting(Object::toString)
        .containsExactly(
            "contract OperationService.Get metadata.job.mood: recorded given, now (absent)");
  }

  private void copy(String sample) throws IOException {
    try (var all = Files.walk(SAMPLES.resolve(sample))) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        var target = folder.resolve(SAMPLES.resolve(sample).relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  private void edit(String before, String after) throws IOException {
    var file = folder.resolve("session.jsonl");
    Files.writeString(file, Files.readString(file).replace(before, after));
  }
}
