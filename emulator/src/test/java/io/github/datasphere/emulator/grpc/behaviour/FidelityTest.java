package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.documents.GeneratedPart;
import io.github.datasphere.emulator.grpc.behaviour.Behaviours.Behaviour;
import java.io.IOException;
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
    new GeneratedPart("docs/fidelity.md", "fidelity")
        .shows(new FidelityTable(Behaviours.all()).text());
  }
}
