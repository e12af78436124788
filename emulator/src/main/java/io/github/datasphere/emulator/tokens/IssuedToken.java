package io.github.datasphere.emulator.tokens;

import java.time.Instant;

/**
 * A fresh IAM token; a secret.
 *
 * @param expiresAt from then on it is refused
 */
public record IssuedToken(String value, Instant expiresAt) implements Exchange {
  @Override
  public String toString() {
    return "IssuedToken[value=***, expiresAt=" + expiresAt + "]";
  }
}
