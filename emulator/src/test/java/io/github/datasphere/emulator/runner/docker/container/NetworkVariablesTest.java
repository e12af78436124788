package io.github.datasphere.emulator.runner.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkVariablesTest {
  @Test
  void onlyTheWayToTheNetworkReachesAJob() {
    var machine = Map.of("https_proxy", "http://proxy:3128", "TOKEN", "secret", "PIP_RETRIES", "1");

    assertThat(NetworkVariables.ofJob(machine)).containsOnlyKeys("https_proxy");
    assertThat(NetworkVariables.ofPip(machine)).containsOnlyKeys("https_proxy", "PIP_RETRIES");
  }

  @Test
  void linksReachPipIfTheyAreUrls() {
    assertThat(NetworkVariables.ofPip(Map.of("PIP_FIND_LINKS", "https://a/x http://b")))
        .hasSize(1);
    assertThat(NetworkVariables.ofPip(Map.of("PIP_FIND_LINKS", "/opt/wheels"))).isEmpty();
    assertThat(NetworkVariables.ofPip(Map.of("PIP_FIND_LINKS", "https://a /opt")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/simple",
        "http://user:word@localhost",
        "https://[::1]:3141/root/pypi/+simple/",
        "localhost:3128",
        "https://index.example http://127.0.1.1/"
      })
  void loopbackIsOutOfAContainersReach(String value) {
    assertThat(NetworkVariables.leadingNowhere(Map.of("NAME", value))).containsExactly("NAME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://172.17.0.1:8080/simple", "http://localhost.example/", "30"})
  void otherAddressesAreNot(String value) {
    assertThat(NetworkVariables.leadingNowhere(Map.of("NAME", value))).isEmpty();
  }

  @Test
  void whatNeedsNoProxyMayBeThere() {
    assertThat(NetworkVariables.leadingNowhere(Map.of("no_proxy", "127.0.0.1"))).isEmpty();
  }
}
