package io.github.datasphere.emulator.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.tokens.Access.Granted;
import io.github.datasphere.emulator.tokens.Access.IssuedToken;
import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.Access.Refused.Reason;
import io.github.datasphere.emulator.tokens.Access.TokenExchange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();

  private final TokenService tokens = service(TokenRules.OPEN, NOW);

  @Test
  void anyBearerIsGoodByDefault() {
    assertThat(tokens.authenticate("Bearer local")).isInstanceOf(Granted.class);
    assertThat(tokens.authenticate("bearer t1.from.elsewhere")).isInstanceOf(Granted.class);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "local", "Basic bG9jYWw=", "Bearer a b"})
  void aCallWithoutATokenIsUnauthenticated(@Nullable String authorization) {
    assertThat(tokens.authenticate(authorization))
        .isEqualTo(unauthenticated("The call carries no token: send the metadata"
            + " `authorization: Bearer <IAM token>`, for example by setting YC_IAM_TOKEN."
            + " In Java: the stubs that @DataSphereEmulator injects carry one, other stubs take"
            + " withCallCredentials(..) that put it there"));
  }

  @Test
  void aFederationSessionTokenIsNoIamToken() {
    assertThat(tokens.authenticate("Bearer yctk.abc"))
        .isInstanceOfSatisfying(Refused.class, refused -> {
          assertThat(refused.reason()).isEqualTo(Reason.UNAUTHENTICATED);
          assertThat(refused.message()).contains("yctk").contains("yc iam create-token");
        });
  }

  @Test
  void oneSecretIsOneSubjectAndTellsNothingOfIt() {
    var first = granted(tokens.authenticate("Bearer secret"));
    var again = granted(service(TokenRules.OPEN, NOW).authenticate("Bearer secret"));
    var other = granted(tokens.authenticate("Bearer secret2"));

    assertThat(first).isEqualTo(again).isNotEqualTo(other);
    assertThat(first.subjectId()).matches("aje[0-9a-v]{17}").doesNotContain("secret");
  }

  @Test
  void anIssuedTokenLooksLikeARealOneAndCannotBeGuessed() {
    var values = new HashSet<String>();
    for (int i = 0; i < 100; i++) {
      values.add(issued(tokens.exchangeOauth("oauth")).value());
    }

    assertThat(values).hasSize(100).allMatch(value -> value.matches("t1\\.[\\w-]+\\.[\\w-]{43}"));
  }

  @Test
  void anIssuedTokenIsGoodForTwelveHours() {
    var token = issued(tokens.exchangeOauth("oauth"));

    assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
    var justBefore = service(TokenRules.OPEN, token.expiresAt().minusMillis(1));
    assertThat(justBefore.authenticate("Bearer " + token.value())).isInstanceOf(Granted.class);
    var after = service(TokenRules.OPEN, token.expiresAt());
    assertThat(after.authenticate("Bearer " + token.value()))
        .isEqualTo(unauthenticated("The IAM token expired at 2030-01-01T12:00:00Z: get a new one"));
  }

  @Test
  void anIssuedTokenBelongsToTheOwnerOfTheOauthToken() {
    var token = issued(tokens.exchangeOauth("oauth")).value();
    var again = issued(tokens.exchangeOauth("oauth")).value();

    assertThat(granted(tokens.authenticate("Bearer " + token)))
        .isEqualTo(granted(tokens.authenticate("Bearer " + again)))
        .isEqualTo(granted(tokens.authenticate("Bearer oauth")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "t1.9euelZq.abc"})
  void whatIsNoOauthTokenIsRefusedInTheWordsOfTheService(String token) {
    assertThat(tokens.exchangeOauth(token))
        .isEqualTo(unauthenticated("OAuth token is invalid or expired"));
  }

  @Test
  void onlyListedOauthTokensAreExchanged() {
    var strict = service(new TokenRules(Set.of(), Set.of("good"), Map.of()), NOW);

    assertThat(strict.exchangeOauth("good")).isInstanceOf(IssuedToken.class);
    assertThat(strict.exchangeOauth("bad"))
        .isEqualTo(unauthenticated("OAuth token is invalid or expired"));
  }

  @Test
  void aServiceAccountExchangesItsJwt() {
    assertThat(tokens.exchangeJwt("header.claims.signature")).isInstanceOf(IssuedToken.class);
    assertThat(tokens.exchangeJwt("header.claims"))
        .isEqualTo(unauthenticated("JWT is invalid or expired"));
    assertThat(tokens.exchangeJwt("t1.claims.signature")).isInstanceOf(Refused.class);
  }

  @Test
  void withAListOnlyListedAndIssuedTokensAreGood() {
    var strict = service(new TokenRules(Set.of("listed"), Set.of(), Map.of()), NOW);

    assertThat(strict.authenticate("Bearer listed")).isInstanceOf(Granted.class);
    var issued = issued(strict.exchangeOauth("listed")).value();
    assertThat(strict.authenticate("Bearer " + issued))
        .isEqualTo(strict.authenticate("Bearer listed"));
    assertThat(strict.authenticate("Bearer other"))
        .isInstanceOfSatisfying(Refused.class, refused -> {
          assertThat(refused.reason()).isEqualTo(Reason.UNAUTHENTICATED);
          assertThat(refused.message()).doesNotContain("other").doesNotContain("listed");
        });
  }

  @Test
  void aForgedTokenIsNotTakenForAnIssuedOne() {
    var strict = service(new TokenRules(Set.of("listed"), Set.of(), Map.of()), NOW);
    var token = issued(strict.exchangeOauth("listed")).value();
    var body = token.substring(0, token.lastIndexOf('.'));
    var otherKey = new TokenService(TokenRules.OPEN, "f".repeat(32).getBytes(), Clock.systemUTC());

    assertThat(strict.authenticate("Bearer " + body + "A" + token.substring(body.length())))
        .isInstanceOf(Refused.class);
    assertThat(strict.authenticate("Bearer " + body + ".")).isInstanceOf(Refused.class);
    assertThat(strict.authenticate("Bearer " + body)).isInstanceOf(Refused.class);
    assertThat(strict.authenticate("Bearer t1..")).isInstanceOf(Refused.class);
    var foreign = issued(otherKey.exchangeOauth("listed")).value();
    assertThat(strict.authenticate("Bearer " + foreign)).isInstanceOf(Refused.class);
  }

  @Test
  void aProjectWithARuleIsClosedToOthers() {
    var rules = new TokenRules(Set.of(), Set.of(), Map.of("bt1mine", Set.of("mine", "my-oauth")));
    var service = service(rules, NOW);
    var mine = granted(service.authenticate("Bearer mine"));
    var byOauth = granted(service.authenticate(
        "Bearer " + issued(service.exchangeOauth("my-oauth")).value()));
    var other = granted(service.authenticate("Bearer other"));

    assertThat(service.authorize(mine, "bt1mine")).isEqualTo(mine);
    assertThat(service.authorize(byOauth, "bt1mine")).isEqualTo(byOauth);
    assertThat(service.authorize(other, "bt1open")).isEqualTo(other);
    assertThat(service.authorize(other, "bt1mine"))
        .isInstanceOfSatisfying(Refused.class, refused -> {
          assertThat(refused.reason()).isEqualTo(Reason.PERMISSION_DENIED);
          assertThat(refused.message()).contains("bt1mine").doesNotContain("my-oauth");
        });
  }

  @Test
  void aTokenThatAProjectNamesNeedsNotBeListedAgain() {
    var rules = new TokenRules(
        Set.of("listed"), Set.of("listed-oauth"), Map.of("bt1mine", Set.of("mine", "my-oauth")));
    var service = service(rules, NOW);

    assertThat(service.authenticate("Bearer mine")).isInstanceOf(Access.Granted.class);
    assertThat(service.exchangeOauth("my-oauth")).isInstanceOf(IssuedToken.class);
    assertThat(service.authenticate("Bearer other")).isInstanceOf(Refused.class);
  }

  @Test
  void aTokenOfATimeWithoutRulesGivesNoMoreThanTheRulesOfNow() {
    var listed = granted(tokens.authenticate("Bearer listed"));
    var anybody = granted(tokens.authenticate("Bearer other"));
    var byName = issued(tokens.ofAccount(anybody, listed.subjectId())).value();
    var ofMachine = issued(tokens.ofMachine()).value();
    var own = issued(tokens.ofAccount(listed, "ajeaccount")).value();

    var strict = service(new TokenRules(Set.of("listed"), Set.of(), Map.of()), NOW);

    assertThat(strict.authenticate("Bearer " + byName)).isInstanceOf(Refused.class);
    assertThat(strict.authenticate("Bearer " + ofMachine)).isInstanceOf(Refused.class);
    assertThat(strict.authenticate("Bearer " + own))
        .isEqualTo(new Granted("ajeaccount", listed.subjectId()));
  }

  @Test
  void aRevokedTokenIsRefused() {
    var token = issued(tokens.ofMachine()).value();
    var machine = new Granted(TokenService.MACHINE_ACCOUNT);

    assertThat(tokens.revoke(token)).isEqualTo(machine);

    assertThat(tokens.authenticate("Bearer " + token))
        .isEqualTo(unauthenticated("The IAM token is revoked: get a new one"));
    assertThat(tokens.authenticate("Bearer " + issued(tokens.ofMachine()).value()))
        .isEqualTo(machine);
  }

  @Test
  void noSecretIsPrinted() {
    var rules =
        new TokenRules(Set.of("s3cret1"), Set.of("s3cret2"), Map.of("p", Set.of("s3cret3")));

    assertThat(rules.toString()).doesNotContain("s3cret").contains("p");
    assertThat(issued(tokens.ofMachine()).toString()).doesNotContain("t1.").contains("2030");
  }

  private static TokenService service(TokenRules rules, Instant now) {
    return new TokenService(rules, KEY, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Granted granted(Access access) {
    assertThat(access).isInstanceOf(Granted.class);
    return (Granted) access;
  }

  private static IssuedToken issued(TokenExchange exchange) {
    assertThat(exchange).isInstanceOf(IssuedToken.class);
    return (IssuedToken) exchange;
  }

  private static Refused unauthenticated(String message) {
    return new Refused(Reason.UNAUTHENTICATED, message);
  }
}
