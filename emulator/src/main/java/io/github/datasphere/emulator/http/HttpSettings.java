package io.github.datasphere.emulator.http;

import java.util.Set;

/**
 * Where the HTTP side listens, and under which names.
 *
 * @param bindAddress address to listen at
 * @param port 0 for any free one
 * @param advertisedHost host name or address in the URLs that clients get
 * @param otherHosts further host names that requests may use; addresses and {@code localhost} are
 *     always accepted
 */
public record HttpSettings(
    String bindAddress, int port, String advertisedHost, Set<String> otherHosts) {
  public HttpSettings {
    otherHosts = Set.copyOf(otherHosts);
  }

  /** Returns settings that listen at 127.0.0.1 alone. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings("127.0.0.1", port, "127.0.0.1", Set.of());
  }
}
