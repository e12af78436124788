package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientCheckTest {
  private static final Map<String, String> EXPECTED = Map.of(
      "grpc_proxy", "http://127.0.0.1:9097",
      "no_grpc_proxy", "none.invalid",
      "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "/data/ca.pem",
      "YC_IAM_TOKEN", "local",
      "no_proxy", "localhost,127.0.0.1");

  @Test
  void theRightVariablesAreGood() {
    assertThat(check(Map.of())).extracting(Finding::level).containsExactly(Level.OK);
  }

  @Test
  void missingVariablesAreNoted() {
    var findings = new ClientCheck(Map.of(), EXPECTED, "emu").run();
    assertThat(findings).singleElement().satisfies(finding -> {
      assertThat(finding.level()).isEqualTo(Level.NOTE);
      assertThat(finding.mend())
          .hasValueSatisfying(mend -> assertThat(mend).contains("eval \"$(emu env)\""));
    });
  }

  @Test
  void withoutServerThereIsNothingToCompare() {
    assertThat(new ClientCheck(Map.of(), Map.of(), "emu").run())
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  @Test
  void aProxyThatWinsIsAProblem() {
    assertProblem(Map.of("grpc_proxy", "http://corporate:3128"), "leads past the server");
  }

  @Test
  void otherRootsAreAProblem() {
    assertProblem(Map.of("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "/old/ca.pem"), "do not trust");
    assertProblem(Map.of("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", ""), "is not set");
  }

  @Test
  void anExclusionOfTheServiceIsAProblem() {
    assertProblem(Map.of("no_grpc_proxy", "a, .Yandex.net"), "no_grpc_proxy");
    assertProblem(Map.of("no_grpc_proxy", "", "no_proxy", "127.0.0.1,yandex.net"), "no_proxy");
  }

  @Test
  void aStrayNoProxyDoesNotMatterWhileTheOtherIsSet() {
    assertThat(check(Map.of("no_proxy", "127.0.0.1,yandex.net")))
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  @Test
  void filesThatGoToAnotherProxyAreAProblem() {
    assertProblem(Map.of("HTTP_PROXY", "http://corporate:3128", "no_proxy", "x"), "uploads");
    assertThat(check(Map.of("HTTP_PROXY", "http://corporate:3128")))
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  @Test
  void anEnvironmentThatTheClientCannotUseIsAProblem() {
    assertProblem(Map.of("SERVER_ENV", "dev"), "SERVER_ENV=DEV");
  }

  @Test
  void thePreproductionNeedsOurRootsInAVariableOfItsOwn() {
    assertProblem(Map.of("SERVER_ENV", "preprod"), "ROOT_CA");
    assertProblem(Map.of("SERVER_ENV", "preprod", "ROOT_CA", "/old/ca.pem"), "/old/ca.pem");
    assertThat(check(Map.of("SERVER_ENV", "preprod", "ROOT_CA", "/data/ca.pem")))
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  @Test
  void clientsWithoutATokenAreAProblem() {
    assertProblem(Map.of("YC_IAM_TOKEN", ""), "no token");
    assertThat(check(Map.of("YC_IAM_TOKEN", "", "YC_METADATA_ADDR", "127.0.0.1:9099")))
        .extracting(Finding::level)
        .containsExactly(Level.OK);
  }

  private static void assertProblem(Map<String, String> changes, String text) {
    assertThat(check(changes)).singleElement().satisfies(finding -> {
      assertThat(finding.level()).isEqualTo(Level.PROBLEM);
      assertThat(finding.text()).contains(text);
    });
  }

  private static List<Finding> check(Map<String, String> changes) {
    var environment = new HashMap<>(EXPECTED);
    environment.putAll(changes);
    return new ClientCheck(environment, EXPECTED, "emu").run();
  }
}
