package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.behaviour.Behaviours.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No call without tests, no test without its evidence, no document that says otherwise. */
class FidelityTest {
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
    var file = repository().resolve("docs/fidelity.md");
    var page = Files.readString(file);
    var expected = new FidelityTable(Behaviours.all()).in(page);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(file, expected);
    }

    assertThat(Files.readString(file))
        .as("docs/fidelity.md is stale: run FidelityTest with -Ddocs.update=true")
        .isEqualTo(expected);
  }

  private static Path repository() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not within the repository");
    }
    return folder;
  }
}
