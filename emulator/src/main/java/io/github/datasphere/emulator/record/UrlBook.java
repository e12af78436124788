package io.github.datasphere.emulator.record;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.redact.SecretFields;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Leads file URLs past the recorder: a client gets one of ours for each of the service's. So files
 * are noted whatever client fetches them and whatever proxy it obeys. Safe for several threads.
 */
final class UrlBook {
  private static final int TOKEN_BYTES = 16;

  private final Supplier<URI> base;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private final Map<String, String> urls = new LinkedHashMap<>();
  private final Map<String, String> files = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final SecretFields fields = new SecretFields(this::ours);

  /** @param base where our URLs lead */
  UrlBook(Supplier<URI> base) {
    this.base = base;
  }

  /** Returns the message with our URLs in place of the service's. */
  Message rewritten(Message message) {
    return fields.masked(message);
  }

  /** Returns the service's URL; empty for a token that was not given out. */
  synchronized Optional<String> url(String token) {
    var url = urls.get(token);
    if (url != null) {
      used.add(files.getOrDefault(url, url));
    }
    return Optional.ofNullable(url);
  }

  /** Notes of which file a URL is: each answer may have another URL for the same. */
  synchronized void leadsTo(String url, String sha256) {
    files.put(url, sha256);
  }

  /** Returns how many files there are of which no URL was used. */
  synchronized long unused() {
    return tokens.keySet().stream()
        .map(url -> files.getOrDefault(url, url))
        .distinct()
        .filter(file -> !used.contains(file))
        .count();
  }

  private synchronized String ours(String secret) {
    if (!secret.matches("https?://.+")) {
      return secret;
    }
    var token = tokens.computeIfAbsent(secret, url -> {
      var bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    });
    urls.put(token, secret);
    return base.get() + "/" + token;
  }
}
