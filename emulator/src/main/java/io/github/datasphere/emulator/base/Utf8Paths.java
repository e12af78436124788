package io.github.datasphere.emulator.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * Handles paths whose names are UTF-8 whatever the locale. Java converts between text and path with
 * the locale's encoding, which under {@code LANG=C} is ASCII, and replaces characters that this
 * encoding does not have. The URI of a path, however, keeps the bytes as they are, in both
 * directions; so this class converts through URIs.
 */
public final class Utf8Paths {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int LAST_ASCII = 0x7f;

  private Utf8Paths() {}

  /**
   * Returns the path that this text means.
   *
   * @throws InvalidPathException if no path can be named so
   */
  public static Path of(String path) {
    return resolve(Path.of(""), path);
  }

  /**
   * Returns the path that this text means as seen from a folder.
   *
   * @throws InvalidPathException if no path can be named so
   */
  public static Path resolve(Path folder, String path) {
    return isAscii(path) ? folder.resolve(path) : resolve(folder, bytes(path));
  }

  /**
   * Returns the path that these bytes are as seen from a folder.
   *
   * @throws InvalidPathException if there is a zero byte among them
   */
  public static Path resolve(Path folder, byte[] path) {
    var uri = new StringBuilder("file:///");
    for (byte each : path) {
      if (each == 0) {
        throw new InvalidPathException(new String(path, UTF_8), "a name holds no zero byte");
      }
      uri.append(each == '/' ? "/" : String.format(Locale.ROOT, "%%%02X", each));
    }
    var absolute = Path.of(URI.create(uri.toString()));
    if (path.length > 0 && path[0] == '/') {
      return absolute;
    }
    int names = absolute.getNameCount();
    return names == 0 ? folder : folder.resolve(absolute.subpath(0, names));
  }

  /** Returns the path as text, with slashes; empty if one of its names is not UTF-8. */
  public static Optional<String> text(Path path) {
    var text = path.toString();
    if (isAscii(text)) {
      return Optional.of(text);
    }
    var names = new ArrayList<String>();
    for (var name : path) {
      try {
        names.add(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(name))).toString());
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
    return Optional.of((path.isAbsolute() ? "/" : "") + String.join("/", names));
  }

  /**
   * Returns the path as text; a byte that is not UTF-8 is shown as its number, such as
   * {@code caf%E9}.
   */
  public static String shown(Path path) {
    return text(path).orElseGet(() -> {
      var names = new ArrayList<String>();
      path.forEach(name -> names.add(shown(bytes(name))));
      return (path.isAbsolute() ? "/" : "") + String.join("/", names);
    });
  }

  /**
   * Returns a name as text; a byte that is not UTF-8 is shown as its number, such as
   * {@code caf%E9}.
   */
  public static String shown(byte[] name) {
    var shown = new StringBuilder();
    var left = ByteBuffer.wrap(name);
    var decoder = UTF_8.newDecoder();
    while (left.hasRemaining()) {
      var good = CharBuffer.allocate(left.remaining());
      decoder.reset();
      decoder.decode(left, good, true);
      shown.append(good.flip());
      if (left.hasRemaining()) {
        shown.append(String.format(Locale.ROOT, "%%%02X", left.get()));
      }
    }
    return shown.toString();
  }

  /** Whether Java could not read all of a text that the system gave it, such as an argument. */
  public static boolean isDamaged(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }

  /** Returns the last name of a path as the bytes that it has in the file system. */
  public static byte[] bytes(Path name) {
    var text = name.toString();
    if (isAscii(text)) {
      return text.getBytes(ISO_8859_1);
    }
    var uri = name.toUri().getRawPath().replaceFirst("/$", "");
    return unescaped(uri.substring(uri.lastIndexOf('/') + 1));
  }

  private static byte[] unescaped(String escaped) {
    var bytes = ByteBuffer.allocate(escaped.length());
    for (int at = 0; at < escaped.length(); at++) {
      char each = escaped.charAt(at);
      if (each == '%') {
        bytes.put((byte) Integer.parseInt(escaped, at + 1, at + 3, 16));
        at += 2;
      } else {
        bytes.put((byte) each);
      }
    }
    var unescaped = new byte[bytes.flip().remaining()];
    bytes.get(unescaped);
    return unescaped;
  }

  private static byte[] bytes(String path) {
    try {
      var encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(path));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidPathException(path, "half of a character cannot be part of a name");
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(each -> each <= LAST_ASCII);
  }
}
