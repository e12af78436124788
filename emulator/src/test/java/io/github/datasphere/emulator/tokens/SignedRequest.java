package io.github.datasphere.emulator.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;

/** What a service account signs to get an IAM token, as the service's documentation has it. */
public record SignedRequest(String header, String issuer, String audience, Instant at, long life) {
  /** A good one, for an hour. */
  public static SignedRequest of(String account, Instant at) {
    return new SignedRequest(
        "{\"typ\":\"JWT\",\"alg\":\"PS256\",\"kid\":\"ajekey\"}",
        account,
        "https://iam.api.cloud.yandex.net/iam/v1/tokens",
        at,
        3600);
  }

  public static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  SignedRequest header(String changed) {
    return new SignedRequest(changed, issuer, audience, at, life);
  }

  SignedRequest audience(String changed) {
    return new SignedRequest(header, issuer, changed, at, life);
  }

  SignedRequest life(long seconds) {
    return new SignedRequest(header, issuer, audience, at, seconds);
  }

  public String signedWith(KeyPair key) {
    var claims = "{\"iss\": \"%s\", \"aud\": \"%s\", \"iat\": %d, \"exp\": %d}"
        .formatted(issuer, audience, at.getEpochSecond(), at.getEpochSecond() + life);
    var text = encoded(header.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
    try {
      var signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return text + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
