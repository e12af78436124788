package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfflineVariablesTest {
  private static final Map<String, String> EXPECTED = Map.of(
      "https_proxy", "http://127.0.0.1:9097",
      "HTTPS_PROXY", "http://127.0.0.1:9097",
      "REQUESTS_CA_BUNDLE", "/data/roots.pem",
      "no_proxy", "localhost,127.0.0.1",
      "NO_PROXY", "localhost,127.0.0.1");

  @Test
  void thoseOfTheServerAreGood() {
    assertThat(new OfflineVariables(EXPECTED, EXPECTED, "").findings()).isEmpty();
  }

  @Test
  void aServerThatIsOnlineNeedsNone() {
    assertThat(new OfflineVariables(Map.of("no_proxy", "*"), Map.of(), "").findings())
        .isEmpty();
  }

  @Test
  void theProxyThatWinsIsNamed() {
    assertFound(Map.of("https_proxy", "http://corporate:3128"), "https_proxy=http://corporate");
    assertFound(
        Map.of("https_proxy", "", "HTTPS_PROXY", "http://corporate:3128"), "HTTPS_PROXY=http");
    assertFound(Map.of("https_proxy", "", "HTTPS_PROXY", ""), "https_proxy is not set");
  }

  @Test
  void anExclusionOfTheIndexIsNamed() {
    assertFound(Map.of("no_proxy", "*"), "no_proxy=*");
    assertFound(Map.of("no_proxy", "a.example, .org"), "no_proxy=a.example, .org");
    assertFound(Map.of("no_proxy", "", "NO_PROXY", "PyPI.org"), "NO_PROXY=PyPI.org");
  }

  @Test
  void otherRootsAreNamed() {
    assertFound(Map.of("REQUESTS_CA_BUNDLE", "/etc/roots.pem"), "/etc/roots.pem is another");
    assertFound(Map.of("REQUESTS_CA_BUNDLE", ""), "REQUESTS_CA_BUNDLE is not set");
  }

  private static void assertFound(Map<String, String> changes, String text) {
    var environment = new HashMap<>(EXPECTED);
    environment.putAll(changes);
    assertThat(new OfflineVariables(environment, EXPECTED, "mend").findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Finding.Level.PROBLEM);
          assertThat(finding.text()).contains(text);
          assertThat(finding.mend()).hasValue("mend");
        });
  }
}
