package io.github.datasphere.emulator.store.h2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.KeyFile;
import io.github.datasphere.emulator.store.StoreException;
import io.github.datasphere.emulator.store.h2.payload.PasswordSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts with AES-GCM. The key is in a file of the data directory that its owner alone may read;
 * the file is made when the first password comes.
 */
final class KeyFileSeal implements PasswordSeal {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFileSeal.class);
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private @Nullable SecretKeySpec key;

  KeyFileSeal(Path file) {
    this.file = file;
  }

  @Override
  public byte[] seal(String password) {
    try {
      var nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      var cipher = cipher(Cipher.ENCRYPT_MODE, keyOrNew(), nonce);
      var sealed = cipher.doFinal(password.getBytes(UTF_8));
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException | IOException e) {
      throw new StoreException(
          "A registry password cannot be encrypted with the key in " + file + ": " + e.getMessage(),
          e);
    }
  }

  @Override
  public String open(byte[] sealed) {
    try {
      var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      var cipher = cipher(Cipher.DECRYPT_MODE, existingKey(), nonce);
      return new String(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES), UTF_8);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      LOG.warn("A registry password is lost: {} does not hold its key ({})", file, e.toString());
      return "";
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private synchronized SecretKeySpec keyOrNew() throws IOException {
    if (key == null) {
      key = new SecretKeySpec(new KeyFile(file).orNew(), "AES");
    }
    return key;
  }

  private synchronized SecretKeySpec existingKey() throws IOException {
    if (key == null) {
      var known = new KeyFile(file).read();
      key = new SecretKeySpec(
          known.orElseThrow(() -> new IOException("it is missing or too short")), "AES");
    }
    return key;
  }
}
