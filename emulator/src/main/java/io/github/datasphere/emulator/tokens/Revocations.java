package io.github.datasphere.emulator.tokens;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Revoked tokens that have not expired yet; the oldest are forgotten when there are very many. */
final class Revocations {
  private static final int MOST = 10_000;

  private final Map<String, Instant> expiryByToken = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > MOST;
    }
  };

  synchronized Revocations copy() {
    var copy = new Revocations();
    copy.expiryByToken.putAll(expiryByToken);
    return copy;
  }

  synchronized void add(String token, Instant expiresAt, Instant now) {
    expiryByToken.values().removeIf(expiry -> !now.isBefore(expiry));
    expiryByToken.put(token, expiresAt);
  }

  synchronized boolean contains(String token) {
    return expiryByToken.containsKey(token);
  }
}
