package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.documents.GeneratedPart;
import io.github.datasphere.emulator.grpc.behaviour.Behaviours.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No call without tests, no test without its evidence, no document that says otherwise. */
class FidelityTest {
  private static final Path RECORDINGS = Path.of("../samples/recordings");

  @Test
  void everyCallHasBehaviourTestsOrIsListedAsUnsupported() {
    var calls = new TreeSet<String>();
    Behaviours.SERVICES.forEach(service -> calls.addAll(Behaviours.rpcs(service)));
    var covered = Behaviours.all().stream()
        .map(Behaviour::rpc)
        .collect(Collectors.toCollection(TreeSet::new));

    assertThat(covered).doesNotContainAnyElementsOf(Behaviours.UNSUPPORTED);
    covered.addAll(Behaviours.UNSUPPORTED);
    assertThat(covered).isEqualTo(calls);
  }

  @Test
  void everyBehaviourTestCarriesItsEvidence() {
    assertThat(Behaviours.unmarked()).isEmpty();
  }

  @Test
  void everyMarkSaysWhereAndWhat() {
    assertThat(Behaviours.all()).allSatisfy(behaviour -> {
      assertThat(behaviour.evidence().at()).matches("\\d+\\.\\d+");
      assertThat(behaviour.evidence().says()).isNotBlank().doesNotEndWith(".");
    });
  }

  @Test
  void noTwoTestsOfACallSayTheSame() {
    assertThat(Behaviours.all())
        .extracting(behaviour -> behaviour.rpc() + ": " + behaviour.evidence().says())
        .doesNotHaveDuplicates();
  }

  /**
   * After a change of the tests: {@code ./mvnw -pl emulator -Dtest=FidelityTest -Ddocs.update=true
   * test}.
   */
  @Test
  void documentShowsTheFidelityTableOfTheseTests() throws IOException {
    new GeneratedPart("docs/fidelity.md", "fidelity")
        .shows(new FidelityTable(Behaviours.all(), SeenRecordings.in(RECORDINGS)).text());
  }

  @Test
  void aRecordingOfTheServiceIsNamedWhereItShowsAFact(@TempDir Path folder) throws IOException {
    record(folder.resolve("a-user"), "service", "ProjectJobService/Clone 6.9 # call 4\n");
    var table = new FidelityTable(Behaviours.all(), SeenRecordings.in(folder)).text();

    assertThat(table)
        .contains("clones can be cloned | seen on the service:"
            + " [a-user](../samples/recordings/a-user) | [6.9]");
  }

  @Test
  void aRecordingOfAnEmulatorShowsNothingOfTheService(@TempDir Path folder) throws IOException {
    record(folder.resolve("ours"), "emulator", "ProjectJobService/Clone 6.9 # call 4\n");

    assertThatThrownBy(() -> SeenRecordings.in(folder))
        .hasMessageContaining("is no recording of the service");
  }

  private static void record(Path folder, String source, String facts) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("facts.txt"), facts);
    Files.writeString(
        folder.resolve("session.jsonl"),
        "{\"format\": \"datasphere-session/1\", \"recorded_at\": \"2026-01-01T00:00:00Z\","
            + " \"recorder\": \"test\", \"source\": \"" + source + "\"}\n");
  }
}
