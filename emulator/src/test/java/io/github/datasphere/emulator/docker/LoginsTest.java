package io.github.datasphere.emulator.docker;

import static io.github.datasphere.emulator.docker.DockerHomes.auths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.AuthConfig;
import io.github.datasphere.emulator.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins as the {@code docker} command stores them (service-behaviour 4.14). */
@Timeout(60)
class LoginsTest {
  private static final String HUB = "https://index.docker.io/v1/";
  private static final String SECRET = "s3cret";
  private static final String ANSWER =
      "printf '{\"ServerURL\":\"x\",\"Username\":\"me\",\"Secret\":\"" + SECRET + "\"}'\n";
  private static final String ALL = "{\"credsStore\":\"keys\"}";

  @TempDir
  Path folder;

  private DockerHomes home;

  @BeforeEach
  void makeHome() throws IOException {
    home = DockerHomes.in(folder);
  }

  @Test
  void withoutAnythingStoredThereIsNone() {
    assertThat(ask("quay.io")).isEqualTo(new LoginAnswer.None());
  }

  @Test
  void loginInTheFileIsTaken() throws IOException {
    home.config(auths("quay.io", "me", "a:b"));

    assertThat(ask("quay.io"))
        .isEqualTo(stored(new AuthConfig().withUsername("me").withPassword("a:b"), "quay.io"));
    assertThat(ask("ghcr.io")).isEqualTo(new LoginAnswer.None());
  }

  @Test
  void entryMayBeWrittenAsAnAddress() throws IOException {
    home.config(auths("https://127.0.0.1:5000/v2/", "me", SECRET));
    assertThat(ask("127.0.0.1:5000")).isInstanceOf(LoginAnswer.Stored.class);

    home.config(auths(HUB, "me", SECRET));
    assertThat(ask("docker.io")).isInstanceOf(LoginAnswer.Stored.class);
  }

  @Test
  void tokenInTheFileIsATokenAndNoPassword() throws IOException {
    home.config("{\"auths\":{\"a.example\":{\"auth\":\"MDAwOg==\",\"identitytoken\":\"t\"},"
        + "\"b.example\":{\"registrytoken\":\"r\"}}}");

    assertThat(ask("a.example"))
        .isEqualTo(stored(new AuthConfig().withIdentityToken("t"), "a.example"));
    assertThat(ask("b.example"))
        .isEqualTo(stored(new AuthConfig().withRegistrytoken("r"), "b.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%%%\"", "\"bWU=\""})
  void damagedEntryIsToldAndHurtsNoOther(String auth) throws IOException {
    home.config("{\"auths\":{\"bad.example\":{\"auth\":" + auth
        + "},\"good.example\":{\"auth\":\"bWU6eA==\"}}}");

    assertThat(trouble("bad.example"))
        .contains(home.configFile().toString(), "damaged", "docker login bad.example");
    assertThat(ask("good.example")).isInstanceOf(LoginAnswer.Stored.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"auths\":", "nonsense " + SECRET, "{\"auths\":{\"x\":" + SECRET})
  void damagedFileIsToldWithoutAWordOfIt(String text) throws IOException {
    home.config(text);

    assertThat(trouble("quay.io"))
        .contains(home.configFile().toString(), "cannot be read")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"auths\":[]}", "{\"auths\":{\"quay.io\":7}}", "{\"auths\":null}"})
  void fileWithoutALoginHoldsNone(String text) throws IOException {
    home.config(text);
    assertThat(ask("quay.io")).isEqualTo(new LoginAnswer.None());
  }

  @Test
  void helperForAllIsAskedForTheRegistry() throws IOException {
    var asked = folder.resolve("asked");
    home.config(ALL).helper("keys", "printf %s \"$1 $(cat)\" > " + asked + "\n" + ANSWER);

    assertThat(ask("127.0.0.1:5000"))
        .isEqualTo(
            stored(new AuthConfig().withUsername("me").withPassword(SECRET), "127.0.0.1:5000"));
    assertThat(asked).hasContent("get 127.0.0.1:5000");

    ask("docker.io");
    assertThat(asked).hasContent("get " + HUB);
  }

  @Test
  void helperOfOneRegistryGoesBeforeTheOneForAll() throws IOException {
    home.config("{\"credHelpers\":{\"a.example\":\"own\"},\"credsStore\":\"keys\"}")
        .helper("own", ANSWER)
        .helper("keys", "echo credentials not found in native keychain; exit 1\n");

    assertThat(ask("a.example")).isInstanceOf(LoginAnswer.Stored.class);
    assertThat(ask("b.example")).isEqualTo(new LoginAnswer.None());
  }

  @Test
  void helperGivesATokenUnderTheNameOfNobody() throws IOException {
    home.config(ALL).helper("keys", ANSWER.replace("\"me\"", "\"<token>\""));

    assertThat(ask("a.example"))
        .isEqualTo(stored(new AuthConfig().withIdentityToken(SECRET), "a.example"));
  }

  @Test
  void whatTheVariableHoldsGoesFirst() throws IOException {
    home.config(ALL).helper("keys", "exit 1\n");
    var variables = home.variables("DOCKER_AUTH_CONFIG", auths("a.example", "ci", "x"));

    assertThat(new Logins(variables).of("a.example", () -> {}))
        .isEqualTo(stored(new AuthConfig().withUsername("ci").withPassword("x"), "a.example"));
    assertThat(new Logins(variables).of("b.example", () -> {}))
        .isInstanceOf(LoginAnswer.Unknown.class);
  }

  @Test
  void helperThatHasNothingGivesNone() throws IOException {
    home.config(ALL).helper("keys", "echo credentials not found in native keychain; exit 1\n");
    assertThat(ask("a.example")).isEqualTo(new LoginAnswer.None());
  }

  @Test
  void missingHelperIsNamedWithTheFileThatNamesIt() throws IOException {
    home.config(ALL);
    assertThat(trouble("a.example"))
        .contains("docker-credential-keys", home.configFile().toString(), "not in the PATH");

    home.config("{\"credsStore\":\"../bin/keys\"}");
    assertThat(trouble("a.example")).contains("not in the PATH");
  }

  @Test
  void helperThatCannotBeRunIsNamed() throws IOException {
    home.config(ALL).helper("keys", "");
    var program = folder.resolve("programs/docker-credential-keys");
    Executables.write(program, "#!/no/such/shell\n");

    assertThat(trouble("a.example")).contains("docker-credential-keys", "cannot be run");
  }

  @Test
  void failureOfAHelperIsQuoted() throws IOException {
    home.config(ALL).helper("keys", "echo 'gpg: the key is locked'; exit 2\n");
    assertThat(trouble("a.example"))
        .contains("docker-credential-keys", "fails: gpg: the key is locked");

    home.helper("keys", "exit 3\n");
    assertThat(trouble("a.example")).contains("exit code 3");
  }

  @Test
  void loginIsNotQuotedFromAHelperThatFailsWithIt() throws IOException {
    home.config(ALL).helper("keys", ANSWER + "echo me:" + SECRET + " >&2\nexit 1\n");
    assertThat(trouble("a.example")).contains("exit code 1").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo {nonsense " + SECRET,
        "echo '[]'",
        "echo '{\"Username\":\"" + SECRET + "\"}'",
        "echo",
        "true",
        "yes " + SECRET
      })
  void garbageOfAHelperIsToldAsSuchAndNotShown(String script) throws IOException {
    home.config(ALL).helper("keys", script + "\n");
    assertThat(trouble("a.example")).contains("no login that can be read").doesNotContain(SECRET);
  }

  @Test
  void helperThatHangsIsGivenUp() throws IOException {
    home.config(ALL).helper("keys", "sleep 1000\n");
    var helper =
        new CredentialProgram("keys", home.configFile(), home.variables(), Duration.ofMillis(100));

    assertThat(helper.ask("a.example", () -> {}))
        .isInstanceOfSatisfying(
            LoginAnswer.Unknown.class,
            unknown -> assertThat(unknown.why())
                .contains("docker-credential-keys", "does not answer within"));
  }

  @Test
  void helperIsGivenUpWithTheJobThatNeedsIt() throws IOException {
    home.config(ALL).helper("keys", "sleep 1000\n");

    assertThatThrownBy(() -> new Logins(home.variables()).of("a.example", () -> {
          throw new TimeoutException("cancelled");
        }))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void childThatAHelperLeavesBehindIsNotWaitedFor(@TempDir Path folder) throws IOException {
    home.config(ALL).helper("keys", "sleep 1000 &\necho $! > '" + folder + "/pid'\n" + ANSWER);
    assertThat(ask("a.example")).isInstanceOf(LoginAnswer.Stored.class);
    var child = Files.readString(folder.resolve("pid")).strip();
    ProcessHandle.of(Long.parseLong(child)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void noAnswerShowsItsPassword() throws IOException {
    home.config(auths("a.example", "me", SECRET));
    assertThat(ask("a.example").toString()).doesNotContain(SECRET);
  }

  private LoginAnswer ask(String registry) {
    return new Logins(home.variables()).of(registry, () -> {});
  }

  private String trouble(String registry) {
    var answer = ask(registry);
    assertThat(answer).isInstanceOf(LoginAnswer.Unknown.class);
    return ((LoginAnswer.Unknown) answer).why();
  }

  private static LoginAnswer stored(AuthConfig login, String registry) {
    return new LoginAnswer.Stored(login.withRegistryAddress(registry));
  }
}
