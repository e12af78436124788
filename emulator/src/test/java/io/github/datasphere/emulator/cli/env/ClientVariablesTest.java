package io.github.datasphere.emulator.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class ClientVariablesTest {
  public static final ClientSettings SETTINGS = settings(Optional.empty());

  static ClientSettings settings(Optional<Path> offlineRoots) {
    return new ClientSettings(
        "127.0.0.1:1",
        "127.0.0.1:2",
        URI.create("http://127.0.0.1:3"),
        URI.create("http://127.0.0.1:4"),
        Path.of("/data/ca.pem"),
        offlineRoots,
        "local",
        "face");
  }

  @Test
  void leadEveryClientToTheEmulator() {
    var loopback = "localhost,127.0.0.1,::1";
    assertThat(ClientVariables.of(SETTINGS, Map.of()))
        .containsExactly(
            Map.entry("grpc_proxy", "http://127.0.0.1:4"),
            Map.entry("no_grpc_proxy", "none.invalid"),
            Map.entry("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "/data/ca.pem"),
            Map.entry("YC_IAM_TOKEN", "local"),
            Map.entry("YC_METADATA_ADDR", "127.0.0.1:3"),
            Map.entry("NO_PROXY", loopback),
            Map.entry("no_proxy", loopback),
            Map.entry("DATASPHERE_EMULATOR_GRPC", "127.0.0.1:1"),
            Map.entry("DATASPHERE_EMULATOR_TLS", "127.0.0.1:2"),
            Map.entry("DATASPHERE_EMULATOR_HTTP", "http://127.0.0.1:3"),
            Map.entry("DATASPHERE_EMULATOR_HTTP_TOKEN", "face"),
            Map.entry("DATASPHERE_EMULATOR_CA", "/data/ca.pem"));
  }

  @Test
  void keepTheUsersExclusions() {
    var variables = ClientVariables.of(
        SETTINGS, Map.of("no_proxy", "a.example", "NO_PROXY", "b.example, a.example"));
    assertThat(variables.get("no_proxy")).isEqualTo("a.example,b.example,localhost,127.0.0.1,::1");
    assertThat(variables.get("NO_PROXY")).isEqualTo(variables.get("no_proxy"));
  }

  @Test
  void leaveAnExclusionOfEverythingAlone() {
    assertThat(ClientVariables.of(SETTINGS, Map.of("NO_PROXY", "*")))
        .containsEntry("NO_PROXY", "*")
        .containsEntry("no_proxy", "*");
  }

  @Test
  void excludeTheAdvertisedHostToo() {
    var settings = new ClientSettings(
        "build-7:1",
        "build-7:2",
        URI.create("http://build-7:3"),
        URI.create("http://build-7:4"),
        Path.of("/data/ca.pem"),
        Optional.empty(),
        "local",
        "face");
    assertThat(ClientVariables.of(settings, Map.of()))
        .containsEntry("NO_PROXY", "localhost,127.0.0.1,::1,build-7")
        .containsEntry("YC_METADATA_ADDR", "build-7:3");
  }

  @Test
  void offlineAddsWhatTheVersionCheckNeeds() {
    assertThat(ClientVariables.of(settings(Optional.of(Path.of("/data/roots.pem"))), Map.of()))
        .containsEntry("HTTPS_PROXY", "http://127.0.0.1:4")
        .containsEntry("https_proxy", "http://127.0.0.1:4")
        .containsEntry("REQUESTS_CA_BUNDLE", "/data/roots.pem");
  }

  @Test
  void offlineNoExclusionOfTheUsersLeadsPastTheEmulator() {
    var settings = settings(Optional.of(Path.of("/data/roots.pem")));
    var loopback = "localhost,127.0.0.1,::1";
    for (var exclusion : List.of("*", "pypi.org,.example")) {
      assertThat(ClientVariables.of(settings, Map.of("NO_PROXY", exclusion, "no_proxy", exclusion)))
          .containsEntry("NO_PROXY", loopback)
          .containsEntry("no_proxy", loopback);
    }
  }
}
