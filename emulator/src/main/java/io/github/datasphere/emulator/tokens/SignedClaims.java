package io.github.datasphere.emulator.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks what service accounts sign to get an IAM token: a JWT with PS256, as the service asks for.
 * The header is not looked at, since it must not choose how it is checked. Claims are read only
 * once the signature is good, so nobody but the account can harm itself by odd ones.
 */
final class SignedClaims {
  private static final Pattern JWT = Pattern.compile("([^.\\s]+\\.([^.\\s]+))\\.([^.\\s]+)");
  private static final Pattern ISSUER = Pattern.compile("\"iss\"\\s*:\\s*\"([^\"\\\\]*)\"");
  private static final Pattern AUDIENCE =
      Pattern.compile("\"aud\"\\s*:\\s*\\[?\\s*\"[^\"]*/iam/v1/tokens\"");
  private static final Pattern ISSUED = Pattern.compile("\"iat\"\\s*:\\s*(\\d{1,11})\\b");
  private static final Pattern EXPIRES = Pattern.compile("\"exp\"\\s*:\\s*(\\d{1,11})\\b");
  private static final PSSParameterSpec PS256 =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  /** Clocks of two machines differ. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  /** The service takes none that lives longer. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private SignedClaims() {}

  /** Whether the text looks like a JWT, whoever signed it. */
  static boolean isOne(String jwt) {
    return JWT.matcher(jwt).matches();
  }

  /** Whether this account signed it with the other half of this key, for now and for this use. */
  static boolean areOf(String jwt, String account, PublicKey key, Instant now) {
    var parts = JWT.matcher(jwt);
    if (!parts.matches()) {
      return false;
    }
    try {
      return isSigned(parts.group(1), parts.group(3), key)
          && areGood(new String(decoded(parts.group(2)), UTF_8), account, now);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isSigned(String text, String signature, PublicKey key) {
    try {
      var check = Signature.getInstance("RSASSA-PSS");
      check.setParameter(PS256);
      check.initVerify(key);
      check.update(text.getBytes(US_ASCII));
      return check.verify(decoded(signature));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean areGood(String claims, String account, Instant now) {
    var issuer = ISSUER.matcher(claims);
    var issued = instant(ISSUED, claims);
    var expires = instant(EXPIRES, claims);
    return issuer.find()
        && issuer.group(1).equals(account)
        && AUDIENCE.matcher(claims).find()
        && issued.isPresent()
        && expires.isPresent()
        && !issued.get().isAfter(now.plus(LEEWAY))
        && now.isBefore(expires.get())
        && !expires.get().isAfter(issued.get().plus(LONGEST));
  }

  private static Optional<Instant> instant(Pattern claim, String claims) {
    var found = claim.matcher(claims);
    return found.find()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(found.group(1))))
        : Optional.empty();
  }

  private static byte[] decoded(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }
}
