package io.github.datasphere.emulator.tokens;

import java.time.Instant;

/**
 * A new IAM token, which is a secret.
 *
 * @param expiresAt the token is refused from this time on
 */
public record IssuedToken(String value, Instant expiresAt) implements TokenExchange {
  @Override
  public String toString() {
    return "IssuedToken[value=***, expiresAt=" + expiresAt + "]";
  }
}
