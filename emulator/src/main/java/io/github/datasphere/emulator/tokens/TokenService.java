package io.github.datasphere.emulator.tokens;

import io.github.datasphere.emulator.tokens.Access.IssuedToken;
import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.Access.TokenExchange;
import io.github.datasphere.emulator.tokens.TokenSeal.Content;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Issues IAM tokens, and decides whether the bearer of a token may go on (service-behaviour 1.7 to
 * 1.10, 10.30). Safe for use by several threads.
 */
public final class TokenService {
  /** How long an issued token is valid (service-behaviour 1.9). */
  public static final Duration LIFE = Duration.ofHours(12);

  /** The account of the machine, for which the metadata service issues tokens. */
  public static final String MACHINE_ACCOUNT = "ajemachineaccount000";

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");
  private static final String FEDERATION_PREFIX = "yctk";

  private final TokenSeal seal;
  private final Clock clock;
  private final ConfiguredRights listed;
  private final Optional<String> metadata;
  private final Map<String, ServiceAccount> accounts;
  private final Revocations revocations;

  /**
   * Makes a service for these rules.
   *
   * @param key signs tokens; at least 32 unguessable bytes. With the same key, tokens stay valid
   *     after a restart
   */
  public TokenService(TokenRules rules, byte[] key, Clock clock) {
    this.seal = new TokenSeal(key);
    this.clock = clock;
    this.listed = ConfiguredRights.by(rules);
    this.metadata = rules.metadata().map(Subjects::of);
    this.accounts = rules.accounts();
    this.revocations = new Revocations();
  }

  private TokenService(TokenService origin, Revocations revocations) {
    this.seal = origin.seal;
    this.clock = origin.clock;
    this.listed = origin.listed;
    this.metadata = origin.metadata;
    this.accounts = origin.accounts;
    this.revocations = revocations;
  }

  /** Returns a copy with the same keys, rules and revocations; later revocations are separate. */
  public TokenService copy() {
    return new TokenService(this, revocations.copy());
  }

  /**
   * Finds out who calls.
   *
   * @param authorization value of the metadata of that name; null if the call has none
   */
  public Access authenticate(@Nullable String authorization) {
    var header = BEARER.matcher(authorization == null ? "" : authorization);
    if (!header.matches()) {
      return Refused.unauthenticated(
          "The call carries no token: send the metadata `authorization: Bearer <IAM token>`,"
              + " for example by setting YC_IAM_TOKEN. In Java: the stubs that @DataSphereEmulator"
              + " injects carry one, other stubs take withCallCredentials(..) that put it there");
    }
    var token = header.group(1);
    if (token.startsWith(FEDERATION_PREFIX)) {
      return Refused.unauthenticated(
          "A federation session token (yctk...) is no IAM token: exchange it first, for example by"
              + " `yc iam create-token`");
    }
    var issued = seal.open(token);
    return issued.isPresent() ? ofIssued(token, issued.get()) : ofForeign(token);
  }

  /** Whether there are tokens that others than listed ones do not replace. */
  public boolean isLimited() {
    return listed.isLimited();
  }

  /** Whether this caller may use this project (service-behaviour 1.10). */
  public Access authorize(Access.Granted caller, String projectId) {
    return listed.mayUse(caller.owner(), projectId)
        ? caller
        : denied("Permission denied to project "
            + projectId
            + ": the emulator's configuration names the tokens that may use it, and this is none of"
            + " them");
  }

  /**
   * Decides whether a caller may use what concerns all projects: the control service, and the page
   * of jobs. Without any rule every caller may, even without a token.
   *
   * @param authorization as for {@link #authenticate}
   */
  public Access authorizeAll(@Nullable String authorization) {
    if (!listed.isLimited()) {
      return new Access.Granted(MACHINE_ACCOUNT);
    }
    var access = authenticate(authorization);
    return access instanceof Access.Granted caller && !listed.mayUseAll(caller.owner())
        ? denied("This concerns all projects, and the token is not good for all of them: use one"
            + " that the emulator's configuration lists as tokens.all")
        : access;
  }

  /**
   * Exchanges an OAuth token for an IAM token (service-behaviour 1.9). If tokens are listed, it has
   * to be one of them.
   */
  public TokenExchange exchangeOauth(String token) {
    var subject = Subjects.of(token);
    var isGood = !token.isBlank()
        && !token.startsWith(TokenSeal.PREFIX)
        && (listed.exchangers().isEmpty() || listed.exchangers().contains(subject));
    return isGood
        ? issue(subject, subject)
        : Refused.unauthenticated("OAuth token is invalid or expired");
  }

  /**
   * Exchanges the signed request of a service account. If tokens or keys of accounts are listed,
   * the signature has to be made with such a key; otherwise it is ignored.
   */
  public TokenExchange exchangeJwt(String jwt) {
    if (listed.isClosed() || !accounts.isEmpty()) {
      return accounts.entrySet().stream()
          .filter(account ->
              SignedClaims.areOf(jwt, account.getKey(), account.getValue().key(), clock.instant()))
          .findFirst()
          .<TokenExchange>map(account -> issue(account.getKey(), account.getKey()))
          .orElseGet(() -> Refused.unauthenticated("JWT is invalid or expired"));
    }
    var subject = Subjects.of(jwt);
    return SignedClaims.isOne(jwt) && !jwt.startsWith(TokenSeal.PREFIX)
        ? issue(subject, subject)
        : Refused.unauthenticated("JWT is invalid or expired");
  }

  /**
   * Issues a token of the metadata service, which does not ask who calls: a token of the machine's
   * account, or of the owner that the configuration names for it.
   */
  public TokenExchange ofMachine() {
    if (metadata.isEmpty() && listed.isClosed()) {
      return denied("The emulator's configuration lists the tokens that are good, but does not say"
          + " which of them the metadata URL stands for: name one as tokens.metadata, or set"
          + " YC_IAM_TOKEN to a token of your own");
    }
    var subject = metadata.orElse(MACHINE_ACCOUNT);
    return issue(subject, subject);
  }

  /**
   * Issues a token in the name of a service account, with the rights of the caller only. Names of
   * owners that the rules name are reserved for them.
   */
  public TokenExchange ofAccount(Access.Granted caller, String accountId) {
    return listed.owners().contains(accountId) && !accountId.equals(caller.owner())
        ? denied("Permission denied to account " + accountId)
        : issue(accountId, caller.owner());
  }

  private IssuedToken issue(String subjectId, String owner) {
    var expiresAt = clock.instant().plus(LIFE);
    return new IssuedToken(seal.seal(new Content(subjectId, owner, expiresAt)), expiresAt);
  }

  /**
   * Refuses an issued token from now on; other tokens stay as they are.
   *
   * @return whose token it is
   */
  public Access revoke(String token) {
    var access = authenticate("Bearer " + token);
    seal.open(token)
        .ifPresent(content -> revocations.add(token, content.expiresAt(), clock.instant()));
    return access;
  }

  private Access ofIssued(String token, Content content) {
    if (!clock.instant().isBefore(content.expiresAt())) {
      return Refused.unauthenticated(
          "The IAM token expired at " + content.expiresAt() + ": get a new one");
    }
    if (revocations.contains(token)) {
      return Refused.unauthenticated("The IAM token is revoked: get a new one");
    }
    // A token that was issued under other rules must not give more than the present ones
    return listed.isClosed() && !listed.owners().contains(content.owner())
        ? Refused.unauthenticated("The emulator's configuration no longer names the owner of the"
            + " IAM token: get a new one")
        : new Access.Granted(content.subjectId(), content.owner());
  }

  private static Refused denied(String message) {
    return new Refused(Refused.Reason.PERMISSION_DENIED, message);
  }

  private Access ofForeign(String token) {
    var subject = Subjects.of(token);
    return !listed.isClosed() || listed.bearers().contains(subject)
        ? new Access.Granted(subject)
        : Refused.unauthenticated(
            "The IAM token is neither one that this emulator issued nor one that its configuration"
                + " accepts");
  }
}
