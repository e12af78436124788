package io.github.datasphere.emulator.base;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A random secret in a file that its owner alone may read; the file is there whole or not at all.
 */
public final class KeyFile {
  private static final int BYTES = 32;
  private static final String DRAFT = "key";
  private static final String DRAFT_END = ".tmp";

  private final Path file;

  /** Names the file, which need not be there yet; its folder has to be. */
  public KeyFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Makes a secret that is in no file. */
  public static byte[] random() {
    var key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * Deletes what a power cut has left of keys that were being made in this folder. No other process
   * may be making one there.
   */
  public static void deleteDrafts(Path folder) throws IOException {
    Durable.deleteDrafts(folder, DRAFT + "*" + DRAFT_END);
  }

  /** Returns the secret; empty if there is no file, or one that is too short to be a key. */
  public Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file)).filter(key -> key.length >= BYTES);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Returns the secret, made at its first use, and again if the file is damaged. */
  public byte[] orNew() throws IOException {
    var known = read();
    if (known.isPresent()) {
      return known.get();
    }
    if (Files.deleteIfExists(file)) {
      log().warn("{} holds no key, perhaps since a power cut: a new key is made", file);
    }
    return make();
  }

  private byte[] make() throws IOException {
    var folder = file.resolveSibling("");
    var key = random();
    var draft = Files.createTempFile(folder, DRAFT, DRAFT_END, OwnerOnly.file(file));
    Files.write(draft, key);
    Durable.sync(draft);
    try {
      // Another emulator may do the same at this moment: the first one wins, and its file is whole
      Files.createLink(file, draft);
      return key;
    } catch (FileAlreadyExistsException e) {
      return Files.readAllBytes(file);
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return key;
    } finally {
      Files.deleteIfExists(draft);
      Durable.syncNames(folder);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(KeyFile.class);
  }
}
