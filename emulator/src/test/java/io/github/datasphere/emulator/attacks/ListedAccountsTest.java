package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.Caller.codeOf;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.emulator;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.metadata;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.secrets;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.config.AccountConfig;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.tokens.SignedRequest;
import io.grpc.Status.Code;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever the configuration names beside bearers gets in, and no further than it says. */
class ListedAccountsTest {
  private static final String LIMITED = "bt1limited0000000000";
  private static final String ALICES = "bt1alices00000000000";
  private static final KeyPair KEY = SignedRequest.newKey();
  private static final AccessConfig ACCESS = new AccessConfig(
      secrets("alice", "bob"),
      secrets("y0_carol"),
      Map.of(ALICES, secrets("alice"), LIMITED, secrets("alice")),
      secrets("admin"),
      Optional.of(new Secret("bob")),
      Map.of("ajerobot", new AccountConfig(KEY.getPublic(), List.of(LIMITED))),
      false);

  @Test
  void aServiceAccountExchangesWhatItSigned() {
    try (var emulator = emulator(ACCESS);
        var stranger = Caller.withoutToken(emulator)) {
      var now = emulator.clock().now();
      var token = stranger.exchangeJwt(SignedRequest.of("ajerobot", now).signedWith(KEY));
      try (var robot = Caller.with(emulator, token)) {
        assertThat(robot.subject()).isEqualTo("ajerobot");
        assertThat(codeOf(() -> robot.project(LIMITED))).isNotEqualTo(Code.PERMISSION_DENIED);
        assertThat(codeOf(() -> robot.project(ALICES))).isEqualTo(Code.PERMISSION_DENIED);
      }
    }
  }

  @Test
  void whatAnotherKeySignedIsRefused() {
    try (var emulator = emulator(ACCESS);
        var stranger = Caller.withoutToken(emulator)) {
      var forged =
          SignedRequest.of("ajerobot", emulator.clock().now()).signedWith(SignedRequest.newKey());

      assertThat(codeOf(() -> stranger.exchangeJwt(forged))).isEqualTo(Code.UNAUTHENTICATED);
    }
  }

  @Test
  void theMetadataUrlSpeaksForTheOneWhomTheConfigurationNames() throws Exception {
    try (var emulator = emulator(ACCESS);
        var bob = Caller.with(emulator, "bob")) {
      var token = Pattern.compile("t1[^\"]+").matcher(metadata(emulator).body());
      assertThat(token.find()).isTrue();
      try (var machine = Caller.with(emulator, token.group())) {
        assertThat(machine.subject()).isEqualTo(bob.subject());
        assertThat(codeOf(() -> machine.project(ALICES))).isEqualTo(Code.PERMISSION_DENIED);
      }
    }
  }

  @Test
  void aListedOauthTokenIsExchangedAndGivesNoMoreThanItsOwnRights() {
    try (var emulator = emulator(ACCESS);
        var stranger = Caller.withoutToken(emulator);
        var carol = Caller.with(emulator, stranger.exchangeOauth("y0_carol"))) {
      assertThat(codeOf(carol::subject)).isEqualTo(Code.OK);
      assertThat(codeOf(() -> carol.project(ALICES))).isEqualTo(Code.PERMISSION_DENIED);
    }
  }

  @Test
  void aTokenForAllIsGoodForEveryProject() {
    try (var emulator = emulator(ACCESS);
        var admin = Caller.with(emulator, "admin")) {
      assertThat(codeOf(() -> admin.project(ALICES))).isNotEqualTo(Code.PERMISSION_DENIED);
      assertThat(codeOf(() -> admin.project(LIMITED))).isNotEqualTo(Code.PERMISSION_DENIED);
    }
  }
}
