package io.github.datasphere.emulator.tokens;

import io.github.datasphere.emulator.tokens.TokenSeal.Content;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Issues IAM tokens and decides whether the bearer of one may go on (service-behaviour 1.7 to 1.10,
 * 10.30). Safe for use by several threads.
 */
public final class TokenService {
  /** How long an issued token is good (service-behaviour 1.9). */
  public static final Duration LIFE = Duration.ofHours(12);

  /** Whose tokens the metadata service hands out: the account of the machine. */
  public static final String MACHINE_ACCOUNT = "ajemachineaccount000";

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");
  private static final Pattern JWT = Pattern.compile("[^.\\s]+\\.[^.\\s]+\\.[^.\\s]+");
  private static final String FEDERATION_PREFIX = "yctk";

  private final TokenSeal seal;
  private final Clock clock;
  private final Set<String> accepted;
  private final Set<String> oauth;
  private final Map<String, Set<String>> projects;
  private final Revocations revocations;

  /**
   * Issues and checks by these rules.
   *
   * @param key signs tokens; at least 32 unguessable bytes. With the same key tokens stay good
   *     after a restart
   */
  public TokenService(TokenRules rules, byte[] key, Clock clock) {
    this.seal = new TokenSeal(key);
    this.clock = clock;
    this.accepted = known(rules.accepted(), rules);
    this.oauth = known(rules.oauth(), rules);
    this.projects = rules.projects().entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> subjects(e.getValue())));
    this.revocations = new Revocations();
  }

  private TokenService(TokenService origin, Revocations revocations) {
    this.seal = origin.seal;
    this.clock = origin.clock;
    this.accepted = origin.accepted;
    this.oauth = origin.oauth;
    this.projects = origin.projects;
    this.revocations = revocations;
  }

  /** The same keys and rules, and no token revoked. */
  public TokenService withoutRevocations() {
    return new TokenService(this, new Revocations());
  }

  /** The same keys and rules, and what is revoked by now; later revocations are its own. */
  public TokenService copy() {
    return new TokenService(this, revocations.copy());
  }

  /**
   * Who calls.
   *
   * @param authorization value of the metadata of that name; null if the call has none
   */
  public Access authenticate(@Nullable String authorization) {
    var header = BEARER.matcher(authorization == null ? "" : authorization);
    if (!header.matches()) {
      return Refused.unauthenticated(
          "The call carries no token: send the metadata `authorization: Bearer <IAM token>`,"
              + " for example by setting YC_IAM_TOKEN");
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

  /** Whether this caller may use this project (service-behaviour 1.10). */
  public Access authorize(Access.Granted caller, String projectId) {
    var allowed = projects.get(projectId);
    return allowed == null || allowed.contains(caller.subjectId())
        ? caller
        : new Refused(
            Refused.Reason.PERMISSION_DENIED,
            "Permission denied to project "
                + projectId
                + ": the emulator's configuration names the tokens that may use it, and this is"
                + " none of them");
  }

  /** Exchanges an OAuth token for an IAM token (service-behaviour 1.9). */
  public Exchange exchangeOauth(String token) {
    var subject = Subjects.of(token);
    var isGood = !token.isBlank()
        && !token.startsWith(TokenSeal.PREFIX)
        && (oauth.isEmpty() || oauth.contains(subject));
    return isGood ? issue(subject) : Refused.unauthenticated("OAuth token is invalid or expired");
  }

  /** Exchanges what a service account signed; the signature itself is not checked. */
  public Exchange exchangeJwt(String jwt) {
    var isGood = JWT.matcher(jwt).matches() && !jwt.startsWith(TokenSeal.PREFIX);
    return isGood ? issue(Subjects.of(jwt)) : Refused.unauthenticated("JWT is invalid or expired");
  }

  /** A token of this account, for whoever is entitled to one without further proof. */
  public IssuedToken issue(String subjectId) {
    var expiresAt = clock.instant().plus(LIFE);
    return new IssuedToken(seal.seal(new Content(subjectId, expiresAt)), expiresAt);
  }

  /**
   * From now on an issued token is refused; others stay as they are.
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
    return new Access.Granted(content.subjectId());
  }

  private Access ofForeign(String token) {
    var subject = Subjects.of(token);
    return accepted.isEmpty() || accepted.contains(subject)
        ? new Access.Granted(subject)
        : Refused.unauthenticated(
            "The IAM token is neither one that this emulator issued nor one that its configuration"
                + " accepts");
  }

  /** A token that a project names is known too; without a list every token is. */
  private static Set<String> known(Set<String> listed, TokenRules rules) {
    var named = rules.projects().values().stream().flatMap(Set::stream);
    return listed.isEmpty()
        ? Set.of()
        : subjects(Stream.concat(listed.stream(), named).collect(Collectors.toSet()));
  }

  private static Set<String> subjects(Set<String> secrets) {
    return secrets.stream().map(Subjects::of).collect(Collectors.toUnmodifiableSet());
  }
}
