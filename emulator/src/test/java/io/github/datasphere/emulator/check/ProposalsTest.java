package io.github.datasphere.emulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two recordings of one session show what varies by itself. */
class ProposalsTest {
  private static final Path SAMPLE = Path.of("../samples/recordings/word-count/session.jsonl");

  @TempDir
  Path folder;

  @Test
  void twoOfTheSameHaveNothingToDeclare() {
    var found = Proposals.of(recording(SAMPLE.getParent()), recording(SAMPLE.getParent()));

    assertThat(found.fields()).isEmpty();
    assertThat(found.others()).isEmpty();
    assertThat(found.compared()).isEqualTo(5);
  }

  @Test
  void idsAndTimesAlwaysVary() throws Exception {
    var id = recording(SAMPLE.getParent())
        .calls()
        .get(1)
        .request()
        .map(request -> request.toString().replaceAll("(?s).*\"(bt1[a-z0-9]+)\".*", "$1"))
        .orElseThrow();
    edit(id, "bt1another0job00000x");
    edit("\"created_at\": \"2026", "\"created_at\": \"2031");

    assertThat(Proposals.of(recording(SAMPLE.getParent()), recording(folder)).fields())
        .isEmpty();
  }

  @Test
  void aFieldWithAnotherValueIsALineThatMayBeAny() throws Exception {
    edit("\"description\": \"Execute job\"", "\"description\": \"Execute job 17\"");
    var found = Proposals.of(recording(SAMPLE.getParent()), recording(folder));

    assertThat(found.fields().keySet())
        .containsExactly(
            "path *ProjectJobService.Execute*reply.description any",
            "path *OperationService.Get*reply.description any");
    assertThat(found.fields().values())
        .allSatisfy(example -> assertThat(example.actual()).isEqualTo("\"Execute job 17\""));
  }

  @Test
  void theLinesAreWhatTheFileOfVolatileFieldsTakes() throws Exception {
    edit("\"description\": \"Execute job\"", "\"description\": \"Execute job 17\"");
    var found = Proposals.of(recording(SAMPLE.getParent()), recording(folder));

    assertThat(found.fields().keySet())
        .allMatch(line -> line.matches("(path|metadata) \\S+ (any|ignored)"));
  }

  @Test
  void anotherEndIsAnotherSession() throws Exception {
    edit(
        "\"call\": 5, \"event\": \"end\", \"code\": \"OK\"",
        "\"call\": 5, \"event\": \"end\", \"code\": \"NOT_FOUND\"");

    assertThat(Proposals.of(recording(SAMPLE.getParent()), recording(folder)).others())
        .containsExactly(
            "ProjectService.Get ends with OK in one recording, with NOT_FOUND in the" + " other");
  }

  private static Recording recording(Path of) {
    return Recording.read(of, new Api());
  }

  private void edit(String before, String after) throws IOException {
    var file = folder.resolve("session.jsonl");
    var text = Files.readString(Files.exists(file) ? file : SAMPLE);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }
}
