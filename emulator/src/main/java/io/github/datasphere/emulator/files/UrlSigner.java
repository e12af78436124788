package io.github.datasphere.emulator.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts a {@link FileGrant} into a URL that cannot be forged or changed, and reads it back. The ids,
 * which may be any text, are in the query, since clients tidy paths ({@code ..}) but not queries.
 * The signature covers the values, not their spelling, since clients also respell escapes.
 */
public final class UrlSigner {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  /**
   * Signs with this key. Anyone who knows the key can read and write every file.
   *
   * @param key at least 32 bytes, as {@link #newKey} makes them
   * @throws IllegalArgumentException if it is shorter
   */
  public UrlSigner(byte[] key) {
    if (key.length < KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key that signs file URLs has " + key.length + " bytes; it needs " + KEY_BYTES);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * Makes a key that cannot be guessed. If it is kept in a file that only the owner can read, URLs
   * outlive a restart.
   */
  public static byte[] newKey() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Returns the path under which such URLs lie, with a slash at both ends. */
  public static String path(Method method) {
    return switch (method) {
      case GET -> "/download/";
      case PUT -> "/upload/";
    };
  }

  /**
   * Returns the URL at which its holder may do what the grant says.
   *
   * @param base scheme, host and port, such as {@code http://127.0.0.1:9099}
   */
  public URI sign(URI base, FileGrant grant) {
    return base.resolve(path(grant.method())
        + escape(grant.key().sha256())
        + "?job="
        + escape(grant.job().value())
        + "&project="
        + escape(grant.key().project().value())
        + "&size="
        + grant.sizeBytes()
        + "&expires="
        + grant.expires().toEpochMilli()
        + "&signature="
        + signature(grant));
  }

  /**
   * Reads what a requested URL allows. The caller checks whether it has expired.
   *
   * @return empty if this key did not sign the URL, or if it was changed since
   */
  public Optional<FileGrant> verify(URI requested) {
    try {
      var query = query(requested.getRawQuery());
      var grant = read(requested.getRawPath(), query);
      var expected = signature(grant).getBytes(UTF_8);
      return MessageDigest.isEqual(expected, value(query, "signature").getBytes(UTF_8))
          ? Optional.of(grant)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static FileGrant read(String rawPath, Map<String, String> query) {
    var method = Arrays.stream(Method.values())
        .filter(candidate -> rawPath.startsWith(path(candidate)))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("not a path of files"));
    var sha256 = unescape(rawPath.substring(path(method).length()));
    return new FileGrant(
        method,
        new JobId(value(query, "job")),
        new FileKey(new ProjectId(value(query, "project")), sha256),
        Long.parseLong(value(query, "size")),
        Instant.ofEpochMilli(Long.parseLong(value(query, "expires"))));
  }

  private static Map<String, String> query(String raw) {
    var values = new HashMap<String, String>();
    for (var pair : (raw == null ? "" : raw).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(unescape(pair.substring(0, equals)), unescape(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String value(Map<String, String> query, String name) {
    var value = query.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private String signature(FileGrant grant) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      addTo(mac, grant.method().name());
      addTo(mac, grant.job().value());
      addTo(mac, grant.key().project().value());
      addTo(mac, grant.key().sha256());
      addTo(mac, Long.toString(grant.sizeBytes()));
      addTo(mac, Long.toString(grant.expires().toEpochMilli()));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Adds a field with its length, so that no two grants make the same text. */
  private static void addTo(Mac mac, String field) {
    var bytes = field.getBytes(UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String unescape(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
