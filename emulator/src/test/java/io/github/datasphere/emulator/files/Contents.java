package io.github.datasphere.emulator.files;

import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

/** Things to store, and names that cause trouble. */
public final class Contents {
  private Contents() {}

  /** Bytes that compress badly, the same for the same name. */
  public static byte[] bytesOf(String name, int size) {
    var bytes = new byte[size];
    new Random(name.hashCode()).nextBytes(bytes);
    return bytes;
  }

  public static FileKey keyOf(ProjectId project, byte[] content) {
    return new FileKey(project, sha256(content));
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] read(FileStore store, FileKey key, long offset) throws IOException {
    try (var content = store.open(key, offset)) {
      return content.readAllBytes();
    }
  }

  /** Project ids as no service gives them but a client may send them. */
  public static Stream<String> strangeIds() {
    return Stream.of(
        "",
        " ",
        ".",
        "..",
        "../../etc",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "nul\0inside",
        "line\nbreak",
        "CASE",
        "case",
        "%",
        "%2e%2e",
        "=",
        "проект",
        "\u00e9",
        "e\u0301",
        "\uD83D\uDE80".repeat(50),
        "x".repeat(199),
        "x".repeat(200),
        "x".repeat(201),
        "x".repeat(600),
        "?signature=&job=+ #");
  }

  public static Stream<String> strangeDigests() {
    return Stream.of(
        "",
        "..",
        "../../../../../../etc/passwd",
        "A".repeat(64),
        "a".repeat(63),
        "a".repeat(65),
        "/".repeat(64),
        "0".repeat(63) + "\0");
  }
}
