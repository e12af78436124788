package io.github.datasphere.emulator.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.docker.DockerHomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine is meant, also where files of the user are damaged. */
class DockerHostTest {
  /** The digest of the name "lab", as contexts are filed. */
  private static final String LAB =
      "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";

  @TempDir
  Path folder;

  private DockerHomes home;

  @BeforeEach
  void makeHome() throws IOException {
    home = DockerHomes.in(folder);
  }

  @Test
  void whoNamesTheEngineIsTold() throws IOException {
    var variables = home.variables("DOCKER_HOST", "unix:///run/a.sock");
    assertThat(new DockerHost(variables).find().text())
        .isEqualTo("unix:///run/a.sock (DOCKER_HOST)");

    home.config("{\"currentContext\":\"lab\"}");
    meta("{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///run/b.sock\"}}}");
    assertThat(new DockerHost(home.variables()).find().text())
        .isEqualTo("unix:///run/b.sock (the Docker context 'lab')");
  }

  @Test
  void socketMayHaveBlanksInItsPath() throws IOException {
    var address = new DockerHost(Map.of("DOCKER_HOST", "unix:///my run/%41/docker.sock")).find();

    assertThat(address.host().getPath()).isEqualTo("/my run/%41/docker.sock");
    assertThat(address.text()).startsWith("unix:///my run/%41/docker.sock ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"auths\":{", "nonsense", "{\"currentContext\""})
  void damagedConfigLeadsToTheStandardPlaceAndIsTold(String text) throws IOException {
    home.config(text);

    var address = new DockerHost(home.variables()).find();

    assertThat(address.host().getScheme()).isEqualTo("unix");
    assertThat(address.origin()).contains(home.configFile().toString(), "cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{}", "{\"auths\":{\"a\":{\"auth\":\"%%%\"}}}"})
  void configThatNamesNoContextIsNotInTheWay(String text) throws IOException {
    home.config(text);
    assertThat(new DockerHost(home.variables()).find().origin()).isEmpty();
  }

  @Test
  void damagedFileIsNamedOnce() throws IOException {
    home.config("[]");
    assertThat(new DockerHost(home.variables()).find().origin())
        .isEqualTo(home.configFile() + " cannot be read: it holds no JSON object");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void pipeOfWindowsIsRefusedElsewhere() {
    var variables = home.variables("DOCKER_HOST", "npipe:////./pipe/docker_engine");
    assertThatThrownBy(() -> new DockerHost(variables).find())
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContaining("DOCKER_HOST names npipe:////./pipe/docker_engine")
        .hasMessageContaining("only Windows");
  }

  @Test
  void configThatMayNotBeReadIsNotInTheWay() throws IOException {
    Files.createDirectory(home.configFile());
    assertThat(new DockerHost(home.variables()).find().origin()).contains("cannot be read");
  }

  @Test
  void damagedConfigIsNotReadWhereTheEngineIsNamed() throws IOException {
    home.config("[]");
    var variables = home.variables("DOCKER_HOST", "tcp://127.0.0.1:1");
    assertThat(new DockerHost(variables).find().origin()).isEqualTo("DOCKER_HOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"Endpoints\":", "nonsense"})
  void damagedContextIsNamedWithItsFile(String text) throws IOException {
    meta(text);
    assertThatThrownBy(() -> new DockerHost(home.variables("DOCKER_CONTEXT", "lab")).find())
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContainingAll("the Docker context 'lab' is damaged", "meta.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"Endpoints\":[]}", "{\"Endpoints\":{\"docker\":{\"Host\":\"\"}}}"})
  void contextWithoutAnEngineIsNamed(String text) throws IOException {
    meta(text);
    assertThatThrownBy(() -> new DockerHost(home.variables("DOCKER_CONTEXT", "lab")).find())
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContaining("the Docker context 'lab' names no engine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
  void damagedCertificatesAreNamed(String text) throws IOException {
    var tls = Files.createDirectory(folder.resolve("tls"));
    for (var name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      Files.writeString(tls.resolve(name), text);
    }
    var variables = home.variables(
        "DOCKER_HOST",
        "tcp://127.0.0.1:1",
        "DOCKER_TLS_VERIFY",
        "1",
        "DOCKER_CERT_PATH",
        tls.toString());

    assertThatThrownBy(() -> new DockerHost(variables).find())
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContaining("the certificate in " + tls.resolve("ca.pem") + " cannot be read");
  }

  @Test
  void contextThatLacksACertificateIsNotSpokenToWithoutTls() throws IOException {
    meta("{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://127.0.0.1:1\"}}}");
    var tls = Files.createDirectories(
        home.configFile().resolveSibling("contexts/tls/" + LAB + "/docker"));
    Files.writeString(tls.resolve("ca.pem"), "");

    assertThatThrownBy(() -> new DockerHost(home.variables("DOCKER_CONTEXT", "lab")).find())
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContainingAll("the Docker context 'lab'", "does not hold ca.pem, cert.pem");
  }

  private void meta(String text) throws IOException {
    var meta = Files.createDirectories(home.configFile().resolveSibling("contexts/meta/" + LAB));
    Files.writeString(meta.resolve("meta.json"), text);
  }
}
