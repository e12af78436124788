package io.github.datasphere.emulator.runner.supervisor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Token[redacted]";
  }
}
