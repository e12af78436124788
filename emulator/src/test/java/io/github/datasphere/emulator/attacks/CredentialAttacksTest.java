package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.Caller.codeOf;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.emulator;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.secrets;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.attacks.AttackTable.Attack;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.config.AccountConfig;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.tokens.SignedRequest;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that want to be a credential, on one server that lists tokens: {@code alice} for her
 * project, {@code bob}, an OAuth token {@code y0_carol}, a token for all, an account with a key.
 * Words in braces are filled in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialAttacksTest {
  private static final String ALICES = "bt1alices00000000000";
  private static final KeyPair KEY = SignedRequest.newKey();

  private Emulator emulator;
  private Caller stranger;
  private Caller bob;
  private Map<String, String> words;

  @BeforeAll
  void start() {
    emulator = emulator(new AccessConfig(
        secrets("alice", "bob"),
        secrets("y0_carol"),
        Map.of(ALICES, secrets("alice")),
        secrets("admin"),
        Optional.of(new Secret("bob")),
        Map.of("ajerobot", new AccountConfig(KEY.getPublic(), List.of(ALICES))),
        false));
    stranger = Caller.withoutToken(emulator);
    bob = Caller.with(emulator, "bob");
    var signed =
        SignedRequest.of("ajerobot", emulator.clock().now()).signedWith(KEY).split("\\.");
    String alices;
    try (var alice = Caller.with(emulator, "alice")) {
      alices = alice.subject();
    }
    words = Map.of(
        "sealed",
        bob.tokenInTheNameOf("ajebob"),
        "head",
        signed[0],
        "claims",
        signed[1],
        "signature",
        signed[2],
        "key",
        base64(KEY.getPublic().getEncoded()),
        "alices",
        alices,
        "huge",
        "x".repeat(5_000));
  }

  @AfterAll
  void end() {
    for (var caller : new Caller[] {stranger, bob}) {
      if (caller != null) {
        caller.close();
      }
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  List<Attack> attacks() {
    return AttackTable.of("credentials.txt");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void givesNoRights(Attack attack) {
    var text = filledIn(attack.one("text"));
    switch (attack.one("as")) {
      case "token":
        assertRefused(text);
        break;
      case "jwt":
        assertThat(codeOf(() -> stranger.exchangeJwt(text))).isEqualTo(Code.UNAUTHENTICATED);
        break;
      case "oauth":
        assertThat(codeOf(() -> stranger.exchangeOauth(text))).isEqualTo(Code.UNAUTHENTICATED);
        break;
      case "account":
        assertNoMoreThanBobs(text);
        break;
      default:
        throw new AssertionError(attack.one("as"));
    }
    assertThat(codeOf(() -> bob.project("bt1open0000000000000"))).isEqualTo(Code.OK);
  }

  private void assertRefused(String text) {
    try (var caller = Caller.sending(emulator, text)) {
      var code = codeOf(() -> caller.project(ALICES));
      assertThat(code).isIn(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED);
      assertThat(codeOf(caller::exchanges)).isEqualTo(code);
    }
  }

  /** Bob asks for a token in another name. */
  private void assertNoMoreThanBobs(String account) {
    var code = codeOf(() -> {
      try (var named = Caller.with(emulator, bob.tokenInTheNameOf(account))) {
        assertThat(codeOf(() -> named.project(ALICES))).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(codeOf(named::exchanges)).isEqualTo(Code.PERMISSION_DENIED);
      }
    });
    assertThat(code).isIn(Code.OK, Code.INVALID_ARGUMENT, Code.PERMISSION_DENIED);
  }

  private String filledIn(String text) {
    var all = text;
    for (var word : words.entrySet()) {
      all = all.replace("{" + word.getKey() + "}", word.getValue());
    }
    while (all.contains("b64(")) {
      int begin = all.indexOf("b64(");
      int end = all.indexOf(")", begin);
      all = all.substring(0, begin)
          + base64(all.substring(begin + 4, end).getBytes(StandardCharsets.UTF_8))
          + all.substring(end + 1);
    }
    return all;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
