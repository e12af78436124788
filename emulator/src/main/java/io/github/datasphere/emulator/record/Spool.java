package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.EventJson;
import io.github.datasphere.emulator.session.EventParser;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.emulator.session.redact.EventSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What was seen, with all secrets, until the recording is written. It lies encrypted in a temporary
 * folder, and its key is in memory alone: after a kill it cannot be read. Safe for several threads
 * as long as it is written.
 */
final class Spool implements EventSource, AutoCloseable {
  /** A larger file is known by its digest and size. */
  private static final long LARGEST_FILE = 64L << 20;

  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;
  private static final int BUFFER = 64 << 10;
  /** The most that is written at once: files.local.FlushingFile says why. */
  private static final int WRITE_BYTES = 128 << 10;

  private final Path folder;
  private final Api api;
  private final LongSupplier nanos;
  private final long begin;
  private final byte[] key = new byte[KEY_BYTES];
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Path> files = new LinkedHashMap<>();
  private final DataOutputStream events;
  private final EventJson json;
  private int fileNumber;
  private boolean isFinished;

  /** @param nanos a clock for distances, such as {@code System::nanoTime} */
  Spool(Path folder, Api api, LongSupplier nanos) throws IOException {
    this.folder = folder;
    this.api = api;
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
    this.json = new EventJson(api);
    random.nextBytes(key);
    this.events =
        new DataOutputStream(new BufferedOutputStream(encrypted(folder.resolve("events")), BUFFER));
  }

  /** Notes that something happens now; after the end, nothing is noted. */
  synchronized void add(Event event) {
    if (isFinished) {
      return;
    }
    var now = Duration.ofNanos(nanos.getAsLong() - begin);
    try {
      var line = SessionJson.write(json.toJson(new TimedEvent(now, event)))
          .getBytes(StandardCharsets.UTF_8);
      events.writeInt(line.length);
      events.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException("The recording cannot be kept: no room in " + folder + "?", e);
    }
  }

  long nanos() {
    return nanos.getAsLong();
  }

  /** Ends the writing. */
  synchronized void finish() throws IOException {
    isFinished = true;
    events.close();
  }

  /** Begins to keep a file's content. */
  synchronized KeptFile newFile() throws IOException {
    var path = folder.resolve("file" + fileNumber++);
    return new KeptFile(path, new BufferedOutputStream(encrypted(path), BUFFER));
  }

  /** A file that passes through; its content is dropped if it is large. */
  final class KeptFile {
    private final Path path;
    private final OutputStream content;
    private volatile boolean isKept = true;
    private long bytes;

    private KeptFile(Path path, OutputStream content) {
      this.path = path;
      this.content = content;
    }

    /** Nothing of a file is kept that is known to be too large, before its first byte comes. */
    void expects(long length) {
      isKept = length <= LARGEST_FILE;
    }

    void write(byte[] buffer, int count) throws IOException {
      bytes += count;
      if (isKept && bytes <= LARGEST_FILE) {
        for (int at = 0; at < count; at += WRITE_BYTES) {
          content.write(buffer, at, Math.min(WRITE_BYTES, count - at));
        }
      }
    }

    /** Ends the file; {@code isWhole} says whether it is the file of this digest. */
    void end(String sha256, boolean isWhole) throws IOException {
      content.close();
      synchronized (Spool.this) {
        if (!isKept
            || !isWhole
            || bytes > LARGEST_FILE
            || files.putIfAbsent(sha256, path) != null) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    try (var lines =
        new DataInputStream(new BufferedInputStream(decrypted(folder.resolve("events")), BUFFER))) {
      var reading = new EventParser(api);
      for (var line = next(lines); line.isPresent(); line = next(lines)) {
        taker.take(reading.parse(line.get()));
      }
    }
  }

  private static Optional<String> next(DataInputStream lines) throws IOException {
    try {
      var line = new byte[lines.readInt()];
      lines.readFully(line);
      return Optional.of(new String(line, StandardCharsets.UTF_8));
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  @Override
  public Set<String> files() {
    return files.keySet();
  }

  @Override
  public Optional<InputStream> file(String sha256) throws IOException {
    var path = files.get(sha256);
    return path == null ? Optional.empty() : Optional.of(decrypted(path));
  }

  private OutputStream encrypted(Path path) throws IOException {
    var iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    var out = Files.newOutputStream(path);
    out.write(iv);
    return new CipherOutputStream(out, cipher(Cipher.ENCRYPT_MODE, iv));
  }

  private InputStream decrypted(Path path) throws IOException {
    var in = Files.newInputStream(path);
    return new CipherInputStream(in, cipher(Cipher.DECRYPT_MODE, in.readNBytes(IV_BYTES)));
  }

  private Cipher cipher(int mode, byte[] iv) throws IOException {
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java cannot encrypt: " + e.getMessage(), e);
    }
  }

  /** Forgets all. */
  @Override
  public void close() throws IOException {
    events.close();
    Arrays.fill(key, (byte) 0);
  }
}
