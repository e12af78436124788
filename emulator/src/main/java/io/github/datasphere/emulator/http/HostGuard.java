package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. A page can point its own host name at this machine (DNS rebinding), so only
 * requests for our own names are served; IP addresses are safe, since they cannot be redirected.
 * Requests from pages of another origin are refused.
 */
final class HostGuard {
  private static final Pattern HOST =
      Pattern.compile("(?<name>\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]/@]+)(:\\d{0,5})?");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");

  private final Set<String> names;

  HostGuard(HttpSettings settings) {
    this.names = Stream.concat(
            Stream.of("localhost", settings.bindAddress(), settings.advertisedHost()),
            settings.otherHosts().stream())
        .map(HostGuard::plain)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the request may go on; if not, it has been answered. */
  boolean admits(HttpExchange exchange) throws IOException {
    var hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    if (hosts.size() != 1) {
      HttpReplies.say(exchange, 400, "The request must have exactly one Host header.");
      return false;
    }
    var host = hosts.get(0);
    if (!isOurs(host) || !isOursOrNone(exchange.getRequestURI().getRawAuthority())) {
      HttpReplies.say(
          exchange,
          421,
          "This emulator does not serve the host that the request names. Use its address or"
              + " localhost; further names are configured with --advertise.");
      return false;
    }
    var origins = exchange.getRequestHeaders().getOrDefault("Origin", List.of());
    if (!origins.stream().allMatch(origin -> origin.equalsIgnoreCase("http://" + host))) {
      HttpReplies.say(exchange, 403, "Web pages of other origins may not use this emulator.");
      return false;
    }
    return true;
  }

  private boolean isOursOrNone(@Nullable String authority) {
    return authority == null || isOurs(authority);
  }

  private boolean isOurs(String host) {
    var parsed = HOST.matcher(host);
    if (!parsed.matches()) {
      return false;
    }
    var name = parsed.group("name");
    return ADDRESS.matcher(name).matches() || names.contains(plain(name));
  }

  /**
   * Returns the name in the form in which names are compared: {@code LocalHost.} becomes
   * {@code localhost}.
   */
  private static String plain(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
