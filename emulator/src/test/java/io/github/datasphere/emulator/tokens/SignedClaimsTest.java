package io.github.datasphere.emulator.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which signed requests of a service account are good. */
class SignedClaimsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final KeyPair KEY = SignedRequest.newKey();

  private final SignedRequest request = SignedRequest.of("ajeaccount", NOW);

  @Test
  void whatTheAccountSignedIsGood() {
    assertThat(isGood(request.signedWith(KEY))).isTrue();
  }

  @Test
  void aClockThatIsALittleFastIsForgiven() {
    assertThat(isGood(SignedRequest.of("ajeaccount", NOW.plusSeconds(50)).signedWith(KEY)))
        .isTrue();
    assertThat(isGood(SignedRequest.of("ajeaccount", NOW.plusSeconds(70)).signedWith(KEY)))
        .isFalse();
  }

  @Test
  void anotherKeyIsRefused() {
    assertThat(isGood(request.signedWith(SignedRequest.newKey()))).isFalse();
  }

  @Test
  void theHeaderDoesNotChooseHowItIsChecked() {
    var unsigned = request.header("{\"alg\":\"none\"}").signedWith(KEY);

    assertThat(isGood(unsigned.substring(0, unsigned.lastIndexOf('.') + 1))).isFalse();
    assertThat(isGood(unsigned.substring(0, unsigned.lastIndexOf('.') + 1) + "AAAA"))
        .isFalse();
  }

  @Test
  void changedClaimsAreRefused() {
    var parts = request.signedWith(KEY).split("\\.");
    var other = SignedRequest.of("ajeother", NOW).signedWith(KEY).split("\\.");

    assertThat(isGood(parts[0] + "." + other[1] + "." + parts[2])).isFalse();
  }

  @Test
  void anotherAccountIsRefused() {
    assertThat(isGood(SignedRequest.of("ajeother", NOW).signedWith(KEY))).isFalse();
  }

  @Test
  void whatIsMeantForAnotherServiceIsRefused() {
    assertThat(isGood(request.audience("https://example.com/").signedWith(KEY))).isFalse();
  }

  @Test
  void whatIsOverOrLivesTooLongIsRefused() {
    assertThat(isGood(SignedRequest.of("ajeaccount", NOW.minusSeconds(3600)).signedWith(KEY)))
        .isFalse();
    assertThat(isGood(request.life(3601).signedWith(KEY))).isFalse();
  }

  @Test
  void nonsenseIsRefused() {
    assertThat(isGood("a.b.c")).isFalse();
    assertThat(isGood("\u00e4.\u00f6.\u00fc")).isFalse();
    assertThat(isGood("")).isFalse();
  }

  private static boolean isGood(String jwt) {
    return SignedClaims.areOf(jwt, "ajeaccount", KEY.getPublic(), NOW);
  }
}
