package io.github.datasphere.emulator.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

/** A large file on its way to a server, from memory, so that only the server is measured. */
final class Upload {
  static final long SIZE_BYTES = 2L << 30;

  private static final byte[] PIECE = piece();

  private Upload() {}

  /** Digest of the file. */
  static String sha256() throws NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    for (long sent = 0; sent < SIZE_BYTES; sent += PIECE.length) {
      digest.update(PIECE);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** How long it takes until the server has answered that it has it. */
  static Duration to(URI url) throws IOException {
    long start = System.nanoTime();
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      var out = socket.getOutputStream();
      out.write(("PUT "
              + url.getRawPath()
              + "?"
              + url.getRawQuery()
              + " HTTP/1.1\r\nHost: "
              + url.getAuthority()
              + "\r\nContent-Length: "
              + SIZE_BYTES
              + "\r\n\r\n")
          .getBytes(US_ASCII));
      for (long sent = 0; sent < SIZE_BYTES; sent += PIECE.length) {
        out.write(PIECE);
      }
      var status = new String(socket.getInputStream().readNBytes(12), US_ASCII);
      if (!status.equals("HTTP/1.1 200")) {
        throw new IOException("the upload was answered with " + status);
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** How long it takes until all of it has come back. */
  static Duration from(URI url) throws IOException {
    long start = System.nanoTime();
    long bytes = 0;
    try (var content = url.toURL().openStream()) {
      var buffer = new byte[PIECE.length];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        bytes += n;
      }
    }
    if (bytes != SIZE_BYTES) {
      throw new IOException("the download ended after " + bytes + " bytes");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static byte[] piece() {
    var piece = new byte[1 << 18];
    new Random(8).nextBytes(piece);
    return piece;
  }
}
