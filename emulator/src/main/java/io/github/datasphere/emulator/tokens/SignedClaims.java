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
 * Checks the signed requests of service accounts for an IAM token: a JWT with PS256, as the service
 * demands. The header is ignored, since a caller must not choose how the signature is checked.
 * Claims are read only after the signature was found valid, so only the account itself can send odd
 * ones.
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

  /** Tolerance for the clocks of two machines, which differ. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  /** The longest life of a JWT that the service accepts. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private SignedClaims() {}

  /** Whether the text looks like a JWT; the signature is not checked. */
  static boolean isOne(String jwt) {
    return JWT.matcher(jwt).matches();
  }

  /** Whether this account signed the JWT with this key, and it is valid now and for this use. */
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
