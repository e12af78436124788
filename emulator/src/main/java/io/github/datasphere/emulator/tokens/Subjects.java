package io.github.datasphere.emulator.tokens;

import io.github.datasphere.emulator.base.Sha256;

/** Names the owner of a secret without revealing the secret. */
final class Subjects {
  private static final String PREFIX = "aje";
  private static final String BASE32HEX = "0123456789abcdefghijklmnopqrstuv";
  private static final int DIGITS = 17;

  private Subjects() {}

  /** Returns the account id for the owner of this secret; the same each time. */
  static String of(String secret) {
    var digest = Sha256.of(secret);
    var id = new StringBuilder(PREFIX);
    for (int i = 0; i < DIGITS; i++) {
      id.append(BASE32HEX.charAt(digest[i] & 31));
    }
    return id.toString();
  }
}
