package io.github.datasphere.emulator.session.redact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** Content that is compressed, so that a secret within cannot be seen. */
final class Packed {
  private static final int LOOKED_AT = 64 << 20;

  private Packed() {}

  /** Whether compressed data begins somewhere in these bytes. */
  static boolean begins(byte[] bytes) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (isMagic(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMagic(byte[] bytes, int at) {
    boolean isGzip = bytes[at] == 0x1f && bytes[at + 1] == (byte) 0x8b && bytes[at + 2] == 8;
    boolean isZip = bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 3;
    return isGzip || isZip;
  }

  /** Whether one of the needles is in these bytes, or in what they hold if they are compressed. */
  static boolean hides(byte[] bytes, Needles needles) {
    if (needles.isIn(bytes)) {
      return true;
    }
    if (bytes.length < 3 || !isMagic(bytes, 0)) {
      return false;
    }
    try {
      return bytes[0] == 'P' ? zipHides(bytes, needles) : needles.isIn(unpacked(bytes));
    } catch (IOException e) {
      return true; // what cannot be looked into may hide anything
    }
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    try (var content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return read(content);
    }
  }

  private static boolean zipHides(byte[] bytes, Needles needles) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (hides(read(zip), needles)) {
          return true;
        }
      }
      return false;
    }
  }

  private static byte[] read(InputStream content) throws IOException {
    var all = content.readNBytes(LOOKED_AT);
    if (all.length == LOOKED_AT) {
      throw new IOException("it is too large to be looked into");
    }
    return all;
  }
}
