package io.github.datasphere.emulator.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names the owner of a secret without revealing the secret. */
final class Subjects {
  private static final String PREFIX = "aje";
  private static final String BASE32HEX = "0123456789abcdefghijklmnopqrstuv";
  private static final int DIGITS = 17;

  private Subjects() {}

  /** Returns the account id for the owner of this secret; the same each time. */
  static String of(String secret) {
    var digest = sha256(secret);
    var id = new StringBuilder(PREFIX);
    for (int i = 0; i < DIGITS; i++) {
      id.append(BASE32HEX.charAt(digest[i] & 31));
    }
    return id.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
