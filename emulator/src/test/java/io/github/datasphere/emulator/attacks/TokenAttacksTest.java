package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.Caller.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.ProjectsConfig;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.proto.datasphere.Project;
import io.grpc.Status.Code;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger wants to be somebody, where the configuration lists who there is. */
class TokenAttacksTest {
  private static final String ALICES = "bt1alices00000000000";
  private static final String OPEN = "bt1open0000000000000";

  private final Emulator emulator = emulator(
      new AccessConfig(secrets("alice", "bob"), List.of(), Map.of(ALICES, secrets("alice"))));
  private final Caller stranger = Caller.withoutToken(emulator);
  private final Caller alice = Caller.with(emulator, "alice");
  private final Caller bob = Caller.with(emulator, "bob");

  @AfterEach
  void close() {
    stranger.close();
    alice.close();
    bob.close();
    emulator.close();
  }

  @Test
  void listedTokensAreGoodForWhatTheyAreListedFor() {
    assertThat(codeOf(() -> alice.project(ALICES))).isEqualTo(Code.OK);
    assertThat(codeOf(() -> bob.project(OPEN))).isEqualTo(Code.OK);
    assertThat(codeOf(() -> bob.project(ALICES))).isEqualTo(Code.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJhamUifQ.c2ln"})
  void anUnsignedJwtGivesNoToken(String jwt) {
    assertThat(codeOf(() -> stranger.exchangeJwt(jwt))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void anOauthTextThatIsNotListedGivesNoToken() {
    assertThat(codeOf(() -> stranger.exchangeOauth("y0_anything"))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void theMetadataUrlGivesStrangersNoToken() throws Exception {
    var answer = metadata(emulator);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("tokens.metadata").doesNotContain("t1.");
  }

  @Test
  void theRightsOfAnotherCannotBeAskedForByName() {
    var subject = alice.subject();

    assertThat(codeOf(() -> bob.tokenInTheNameOf(subject))).isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void aTokenInAnotherNameHasTheRightsOfItsCaller() {
    try (var named = Caller.with(emulator, bob.tokenInTheNameOf("ajeaccount"))) {
      assertThat(named.subject()).isEqualTo("ajeaccount");
      assertThat(codeOf(() -> named.project(ALICES))).isEqualTo(Code.PERMISSION_DENIED);
    }
    try (var named = Caller.with(emulator, alice.tokenInTheNameOf("ajeaccount"))) {
      assertThat(codeOf(() -> named.project(ALICES))).isEqualTo(Code.OK);
    }
  }

  @Test
  void projectsOfOthersAreNotListed() {
    assertThat(alice.projects("c")).extracting(Project::getId).contains(ALICES, OPEN);
    assertThat(bob.projects("c")).extracting(Project::getId).containsExactly(OPEN);
  }

  @Test
  void withoutListedTokensEverybodyGetsInAsBefore() throws Exception {
    try (var open = emulator(AccessConfig.defaults());
        var anybody = Caller.with(open, "local")) {
      assertThat(anybody.exchangeJwt("a.b.c")).startsWith("t1.");
      assertThat(anybody.exchangeOauth("y0_anything")).startsWith("t1.");
      assertThat(anybody.tokenInTheNameOf("ajeaccount")).startsWith("t1.");
      assertThat(metadata(open).body()).contains("t1.");
    }
  }

  static HttpResponse<String> metadata(Emulator emulator) throws Exception {
    var path = "/computeMetadata/v1/instance/service-accounts/default/token";
    var request = HttpRequest.newBuilder(base(emulator).resolve(path))
        .header("Metadata-Flavor", "Google")
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The HTTP port of an emulator that has no other. */
  static URI base(Emulator emulator) {
    var id = emulator.givenJob(job -> job.output("o", new byte[] {1}));
    return emulator.downloadUrl(id, "o").orElseThrow().resolve("/");
  }

  static Emulator emulator(AccessConfig access) {
    return Emulator.testDouble(config(access), false, new HttpPorts(0));
  }

  private static EmulatorConfig config(AccessConfig access) {
    var known =
        new ProjectsConfig.KnownProject(Optional.empty(), Optional.of("c"), Optional.empty());
    return EmulatorConfig.onFreePorts()
        .with(access)
        .with(new ProjectsConfig(Map.of(ALICES, known, OPEN, known), false));
  }

  static List<Secret> secrets(String... texts) {
    return List.of(texts).stream().map(Secret::new).toList();
  }
}
