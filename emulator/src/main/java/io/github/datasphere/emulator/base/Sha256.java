package io.github.datasphere.emulator.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
  private Sha256() {}

  /** Begins a digest, to be fed piece by piece. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the digest of a text in UTF-8. */
  public static byte[] of(String text) {
    return begin().digest(text.getBytes(UTF_8));
  }

  /** Returns the digest of a text in UTF-8, in lower-case hexadecimal. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  /** Returns the digest of a content in lower-case hexadecimal. */
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(begin().digest(content));
  }
}
