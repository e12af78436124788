package io.github.datasphere.emulator.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.MissingOutputs;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.config.SwarmConfig;
import io.github.datasphere.emulator.docker.FakeEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What doctor says of engines that are well, ill, or none. */
@Timeout(60)
class DockerCheckTest {
  /** The digest of the name "lab", as contexts are filed. */
  private static final String LAB =
      "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";

  private static final String INFO = """
      {"NCPU": 8, "MemTotal": 17179869184, "DockerRootDir": "%s", "MemoryLimit": true,
       "SwapLimit": true, "CpuCfsQuota": true, "Runtimes": {"runc": {"path": "runc"}}}
      """;

  @TempDir
  Path folder;

  private FakeEngine engine;

  @BeforeEach
  void startEngine() throws IOException {
    engine = FakeEngine.start();
  }

  @AfterEach
  void stopEngine() {
    engine.close();
  }

  @Test
  void aGoodEngineIsNamedWithWhatItHas() {
    engine
        .isVersion("27.3.1", "1.47")
        .says("/info", 200, INFO.formatted(folder))
        .says("/images/python:3.10-slim/json", 200, "{\"Id\":\"sha256:1\"}")
        .says("/containers/create", 201, "{\"Id\":\"c1\"}")
        .says("/containers/c1/start", 204, "")
        .says("/containers/c1", 204, "");
    var findings = ask(RunnerKind.AUTO, engine.host());
    assertThat(texts(findings))
        .startsWith(
            "engine 27.3.1, API 1.44, at " + engine.host() + " (DOCKER_HOST)",
            "8 CPUs and 16.0 GiB of memory for jobs")
        .endsWith("jobs run in python:3.10-slim unless they say otherwise");
    assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
  }

  @Test
  void limitsThatItLacksAreNoted() {
    engine
        .isVersion("20.10.24", "1.41")
        .says(
            "/info",
            200,
            INFO.formatted(folder)
                .replace("\"SwapLimit\": true", "\"SwapLimit\": false")
                .replace("\"CpuCfsQuota\": true", "\"CpuCfsQuota\": false")
                .replace("17179869184", "1073741824"));
    assertThat(notes(ask(RunnerKind.AUTO, engine.host())))
        .hasSize(3)
        .anyMatch(note -> note.contains("1.0 GiB of memory for jobs") && note.contains("Resources"))
        .anyMatch(note -> note.contains("cannot limit CPUs") && note.contains("cgroup v2"))
        .anyMatch(note -> note.contains("cannot limit swap") && note.contains("swapaccount=1"));
  }

  @Test
  void anImageThatIsMissingAndMayNotBePulledIsAProblem() {
    engine.isVersion("20.10.24", "1.41").says("/info", 200, INFO.formatted(folder));
    var missing = new DockerCheck(
            Map.of("DOCKER_HOST", engine.host()),
            jobs(RunnerKind.DOCKER, PullPolicy.NEVER),
            Duration.ofSeconds(30))
        .run();
    assertThat(missing).last().satisfies(finding -> {
      assertThat(finding.level()).isEqualTo(Level.PROBLEM);
      assertThat(finding.mend().orElse("")).contains("docker pull python:3.10-slim");
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create | 500 | write /var/lib/docker/overlay2/l: no space left on device | docker system prune",
        "create | 403 | authorization denied by plugin opa: not for you           | for the right",
        "create | 500 | something that nobody has met yet                         | the engine's log",
        "start  | 500 | failed to create endpoint e on network bridge: could not find bridge docker0 | restart docker",
        "start  | 400 | exec format error                                         | the engine's log"
      })
  void anEngineThatAnswersAndStartsNothingIsAProblem(
      String step, int status, String words, String mend) {
    var message = "{\"message\":\"" + words + "\"}";
    engine
        .isVersion("27.3.1", "1.47")
        .says("/info", 200, INFO.formatted(folder))
        .says("/images/python:3.10-slim/json", 200, "{\"Id\":\"sha256:1\"}")
        .says("/containers/create", 201, "{\"Id\":\"c1\"}")
        .says("/containers/c1/start", 204, "")
        .says("/containers/c1", 204, "")
        .says(
            step.equals("create") ? "/containers/create" : "/containers/c1/start", status, message);
    assertThat(ask(RunnerKind.AUTO, engine.host())).last().satisfies(finding -> {
      assertThat(finding.level()).isEqualTo(Level.PROBLEM);
      assertThat(finding.text()).isEqualTo("it starts no container: " + words);
      assertThat(finding.mend().orElse("")).contains(mend, "--runner process");
    });
  }

  @Test
  void anEngineThatRefusesToShowItsImagesIsQuotedWithAdvice() {
    engine
        .isVersion("27.3.1", "1.47")
        .says("/info", 200, INFO.formatted(folder))
        .says("/images/python:3.10-slim/json", 403, "{\"message\":\"not for you\"}");
    assertUnusable(ask(RunnerKind.AUTO, engine.host()), "not for you", "administrator");
  }

  @Test
  void anEngineTooOldIsToldWhichOneWillDo() {
    engine.isVersion("19.03.15", "1.40");
    assertUnusable(
        ask(RunnerKind.AUTO, engine.host()),
        "engine 19.03.15 at " + engine.host() + " (DOCKER_HOST) is too old (API 1.40)",
        "Docker 20.10 (API 1.41)");
  }

  @Test
  void whatIsNoEngineIsNotTakenForOne() {
    engine.says("/version", 200, "<html>it works</html>");
    assertUnusable(ask(RunnerKind.AUTO, engine.host()), "is no container engine", "DOCKER_HOST");
    engine.says("/version", 200, "{\"hello\": 1}");
    assertUnusable(ask(RunnerKind.AUTO, engine.host()), "is no container engine", "DOCKER_HOST");
  }

  @Test
  void whatDoesNotSpeakHttpIsNotTakenForOne() throws Exception {
    try (var server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      var mail = new Thread(() -> greet(server));
      mail.start();
      var findings = ask(RunnerKind.AUTO, "tcp://127.0.0.1:" + server.getLocalPort());
      server.close();
      mail.join();
      assertUnusable(findings, "no container engine answers", "point DOCKER_HOST");
    }
  }

  @Test
  void anEngineThatIsSilentIsGivenUp() throws IOException {
    var address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
      assertThat(server.isOpen()).isTrue();
      var findings = new DockerCheck(
              Map.of("DOCKER_HOST", "unix://" + address.getPath()),
              jobs(RunnerKind.AUTO, PullPolicy.MISSING),
              Duration.ofSeconds(1))
          .run();
      assertUnusable(findings, "does not answer within 1 s", "docker info");
    }
  }

  @Test
  void anEngineThatRefusesIsQuoted() {
    engine.says("/version", 403, "{\"message\":\"not for you\"}");
    assertUnusable(
        ask(RunnerKind.AUTO, engine.host()), "refuses (not for you)", "ask its administrator");
  }

  @Test
  void oneThatWantsTlsIsToldHow() {
    engine.says("/version", 400, "Client sent an HTTP request to an HTTPS server.\n");
    assertUnusable(ask(RunnerKind.AUTO, engine.host()), "wants TLS", "DOCKER_TLS_VERIFY=1");
  }

  @Test
  void missingCertificatesAreNamed() {
    var variables = Map.of(
        "DOCKER_HOST",
        "tcp://127.0.0.1:2376",
        "DOCKER_TLS_VERIFY",
        "1",
        "DOCKER_CERT_PATH",
        folder.toString());
    assertUnusable(ask(RunnerKind.AUTO, variables), folder.toString(), "DOCKER_CERT_PATH");
  }

  @Test
  void aMissingEngineIsAProblemOnlyIfDockerIsAskedFor() {
    var nowhere = "unix://" + folder.resolve("s");
    assertUnusable(ask(RunnerKind.AUTO, nowhere), "no container engine answers", "start Docker");
    assertThat(ask(RunnerKind.DOCKER, nowhere))
        .extracting(Finding::level)
        .containsExactly(Level.PROBLEM);
  }

  @Test
  void addressesOfOtherKindsAreExplained() {
    assertUnusable(ask(RunnerKind.AUTO, "ftp://x"), "neither unix:// nor tcp://", "tcp://host");
    assertUnusable(ask(RunnerKind.AUTO, "a host"), "neither unix:// nor tcp://", "tcp://host");
    assertUnusable(ask(RunnerKind.AUTO, "ssh://me@there"), "through ssh", "ssh -nNT -L");
  }

  @Test
  void aContextThatDoesNotExistIsNamed() {
    var variables = Map.of("DOCKER_CONTEXT", "lab", "DOCKER_CONFIG", folder.toString());
    assertUnusable(ask(RunnerKind.AUTO, variables), "context 'lab'", "docker context use");
  }

  @Test
  void theContextInUseIsFollowed() throws IOException {
    engine.isVersion("24.0.7", "1.43").says("/info", 200, INFO.formatted(folder));
    useContext(engine.host());
    var variables = Map.of("DOCKER_CONFIG", folder.toString());
    assertThat(texts(ask(RunnerKind.AUTO, variables)))
        .startsWith("engine 24.0.7, API 1.43, at " + engine.host() + " (the Docker context 'lab')");
  }

  @Test
  void theContextOfAnEngineThatDoesNotAnswerIsNamed() throws IOException {
    useContext("unix://" + folder.resolve("gone.sock"));
    var variables = Map.of("DOCKER_CONFIG", folder.toString());
    assertUnusable(
        ask(RunnerKind.AUTO, variables), "gone.sock (the Docker context 'lab')", "start Docker");
  }

  @Test
  void aDamagedConfigIsNamed() throws IOException {
    Files.writeString(folder.resolve("config.json"), "[]");
    var variables = Map.of("DOCKER_CONFIG", folder.toString());
    assertThat(texts(ask(RunnerKind.AUTO, variables)))
        .first()
        .asString()
        .contains(folder.resolve("config.json") + " cannot be read");
  }

  @Test
  void aDamagedConfigIsNamedAlsoWhereItDoesNotChooseTheEngine() throws IOException {
    engine.isVersion("27.3.1", "1.47").says("/info", 200, INFO.formatted(folder));
    Files.writeString(folder.resolve("config.json"), "[]");

    assertThat(notes(ask(RunnerKind.AUTO, engine.host())))
        .singleElement()
        .asString()
        .contains(folder.resolve("config.json") + " cannot be read", "without a stored login");
  }

  @Test
  void aCredentialHelperThatIsMissingIsNamed() throws IOException {
    engine.isVersion("27.3.1", "1.47").says("/info", 200, INFO.formatted(folder));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"credsStore\":\"nowhere\",\"credHelpers\":{\"a.example\":\"nowhere\"}}");

    assertThat(notes(ask(RunnerKind.AUTO, engine.host())))
        .singleElement()
        .asString()
        .contains("docker-credential-nowhere", "is not in the PATH", "without a stored login");
  }

  private void useContext(String host) throws IOException {
    var meta = Files.createDirectories(folder.resolve("contexts/meta").resolve(LAB));
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\":\"lab\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + host
            + "\",\"SkipTLSVerify\":false}}}");
    Files.writeString(folder.resolve("config.json"), "{\"currentContext\":\"lab\"}");
  }

  private List<Finding> ask(RunnerKind runner, String host) {
    return ask(runner, Map.of("DOCKER_HOST", host, "DOCKER_CONFIG", folder.toString()));
  }

  private static List<Finding> ask(RunnerKind runner, Map<String, String> variables) {
    return new DockerCheck(variables, jobs(runner, PullPolicy.MISSING), Duration.ofSeconds(30))
        .run();
  }

  private static JobsConfig jobs(RunnerKind runner, PullPolicy pull) {
    return new JobsConfig(
        runner,
        SizingConfig.defaults(),
        new ImagesConfig(Map.of(), Map.of(), Optional.empty(), pull, Optional.empty()),
        MissingOutputs.ERROR,
        false,
        OptionalLong.empty(),
        SwarmConfig.none());
  }

  private static void assertUnusable(List<Finding> findings, String text, String mend) {
    assertThat(findings).singleElement().satisfies(finding -> {
      assertThat(finding.level()).isEqualTo(Level.NOTE);
      assertThat(finding.text()).contains(text);
      assertThat(finding.mend()).hasValueSatisfying(advice -> assertThat(advice).contains(mend));
    });
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::text).toList();
  }

  private static List<String> notes(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.level() == Level.NOTE && !finding.text().contains("free for"))
        .map(finding -> finding.text() + " -> " + finding.mend().orElse(""))
        .toList();
  }

  private static void greet(ServerSocket server) {
    try {
      while (true) {
        try (var client = server.accept()) {
          client.getOutputStream().write("220 mail ready\r\n".getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      // The test has seen enough
    }
  }
}
