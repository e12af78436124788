package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What is written instead of each secret and identity of a session: the same for the same, from the
 * first line to the last.
 */
final class Substitutes {
  /** Shorter ones are taken out of their own field only: elsewhere they are ordinary words. */
  private static final int SHORTEST_ANYWHERE = 6;

  private static final int SHORTEST_ID_ANYWHERE = 8;
  private static final int SHORTEST_ENCODED = 8;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\*\\*\\*([a-z-]+-\\d+\\*\\*\\*)?");

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> identities = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final SyntheticIds ids;

  Substitutes(RandomGenerator random) {
    this.ids = new SyntheticIds(random);
  }

  /** Returns the placeholder of a secret; what is hidden already stays. */
  String secret(String kind, String value) {
    if (value.isEmpty() || PLACEHOLDER.matcher(value).matches() || value.contains("***")) {
      return value;
    }
    var known = secrets.get(value);
    if (known == null) {
      known = "***" + kind + "-" + counts.merge(kind, 1, Integer::sum) + "***";
      secrets.put(value, known);
    }
    return known;
  }

  /** Returns the synthetic identity of the same shape. */
  String id(String value) {
    return value.isEmpty() || ids.isSynthetic(value) || value.contains("***")
        ? value
        : identities.computeIfAbsent(value, ids::of);
  }

  /** Sets what replaces a name: a host, an account, a folder. */
  void name(String value, String kind, String form) {
    if (!value.isEmpty() && !identities.containsKey(value)) {
      identities.put(value, form.formatted(counts.merge(kind, 1, Integer::sum)));
    }
  }

  /** Sets what is written instead of this value. */
  void put(String value, String written) {
    identities.put(value, written);
  }

  /** Returns the substitute of a whole field; the value itself if there is none. */
  String whole(String value) {
    var secret = secrets.get(value);
    return secret == null || isIdentityInUrl(value, secret)
        ? identities.getOrDefault(value, value)
        : secret;
  }

  /** Returns one of the same shape that stands for this one only where the caller puts it. */
  String shape(String value) {
    return ids.of(value);
  }

  /** A URL may hold ids beside its signature: they stay recognisable. */
  private boolean isIdentityInUrl(String value, String placeholder) {
    return placeholder.startsWith("***url-signature-") && identities.containsKey(value);
  }

  /** Returns all that must not be written, in each form that it may have. */
  Needles needles() {
    var all = new HashMap<String, String>();
    identities.forEach((id, synthetic) -> {
      if (id.length() >= SHORTEST_ID_ANYWHERE) {
        all.put(id, synthetic);
      }
    });
    secrets.forEach((secret, placeholder) -> {
      if (isIdentityInUrl(secret, placeholder)) {
        return;
      }
      if (secret.length() >= SHORTEST_ANYWHERE || placeholder.startsWith("***redacted-")) {
        all.put(secret, placeholder);
      }
      if (secret.length() >= SHORTEST_ENCODED) {
        encoded(secret, placeholder, all);
      }
    });
    return new Needles(all);
  }

  private static void encoded(String secret, String placeholder, Map<String, String> all) {
    var bytes = secret.getBytes(UTF_8);
    for (int shift = 0; shift < 3; shift++) {
      var core = base64Core(bytes, shift);
      all.putIfAbsent(core, placeholder);
      all.putIfAbsent(core.replace('+', '-').replace('/', '_'), placeholder);
    }
    all.putIfAbsent(URLEncoder.encode(secret, UTF_8), placeholder);
    var hex = HexFormat.of();
    all.putIfAbsent(hex.formatHex(bytes), placeholder);
    all.putIfAbsent(hex.withUpperCase().formatHex(bytes), placeholder);
  }

  /** The part of the base64 of a longer text that this part of it alone determines. */
  private static String base64Core(byte[] bytes, int shift) {
    var shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    int from = shift == 0 ? 0 : shift + 1;
    int to = shifted.length * 8 / 6;
    return Base64.getEncoder().withoutPadding().encodeToString(shifted).substring(from, to);
  }
}
