package io.github.datasphere.emulator.runner.supervisor;

import io.github.datasphere.emulator.base.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret with which a supervisor proves that a report is its own.
 *
 * @param text lower-case hexadecimal digits
 */
public record Token(String text) {
  /**
   * Makes a new token. It cannot be guessed, even if the emulator's other ids come from a known
   * seed.
   */
  public static Token random() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return new Token(HexFormat.of().formatHex(bytes));
  }

  /**
   * Returns the SHA-256 of the token. It is stored instead of the token, so a reader of the disk
   * cannot forge a report.
   */
  public String digest() {
    return Sha256.hex(text);
  }

  @Override
  public String toString() {
    return "Token[redacted]";
  }
}
