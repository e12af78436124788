package io.github.datasphere.emulator.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads tokens of the form {@code t1.<content>.<signature>} (service-behaviour 1.9). A
 * token contains all that has to be known about it, so no token has to be stored.
 */
final class TokenSeal {
  static final String PREFIX = "t1.";

  private static final String ALGORITHM = "HmacSHA256";
  /** Contains the version, so that tokens of an earlier format are not accepted. */
  private static final String PURPOSE = "iam-token 2 ";

  /** Separates the two ids; no id contains it. */
  private static final char SEPARATOR = '\n';

  private static final int NONCE_BYTES = 16;
  private static final int HEAD_BYTES = Long.BYTES + NONCE_BYTES;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /** The content of a token: in whose name, with whose rights and how long it is valid. */
  record Content(String subjectId, String owner, Instant expiresAt) {}

  TokenSeal(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  String seal(Content content) {
    var subject = (content.owner() + SEPARATOR + content.subjectId()).getBytes(UTF_8);
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var bytes = ByteBuffer.allocate(HEAD_BYTES + subject.length)
        .putLong(content.expiresAt().toEpochMilli())
        .put(nonce)
        .put(subject)
        .array();
    var body = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return body + "." + signature(body);
  }

  /** Reads a token; empty if it is not one of ours. */
  Optional<Content> open(String token) {
    int dot = token.lastIndexOf('.');
    if (!token.startsWith(PREFIX) || dot <= PREFIX.length()) {
      return Optional.empty();
    }
    var body = token.substring(0, dot);
    var given = token.substring(dot + 1).getBytes(UTF_8);
    if (!MessageDigest.isEqual(signature(body).getBytes(US_ASCII), given)) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(body.substring(PREFIX.length())));
    var expires = Instant.ofEpochMilli(bytes.getLong());
    var ids = UTF_8.decode(bytes.position(HEAD_BYTES)).toString();
    int end = ids.indexOf(SEPARATOR);
    return Optional.of(new Content(ids.substring(end + 1), ids.substring(0, end), expires));
  }

  private String signature(String body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      var bytes = mac.doFinal((PURPOSE + body).getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
