package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.github.datasphere.emulator.gateway.tls.ServerNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host and port to which a client wants to be connected.
 *
 * @param host a name, or an IP address without brackets; lower case, without a final dot
 */
record ConnectRequest(String host, int port) {
  private static final int HIGHEST_PORT = 65_535;

  /** The port that some clients mean if they name none, such as grpc-go 1.72 and 1.75. */
  private static final int HTTPS = 443;

  private static final Pattern REQUEST_LINE = Pattern.compile("([!-~]+) ([!-~]+) (HTTP/\\d\\.\\d)");

  private static final Pattern AUTHORITY =
      Pattern.compile("([a-zA-Z0-9_.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(?::(\\d{0,5}))?");

  /** The result of reading the head of a request: either a request or a refusal. */
  record Parsed(Optional<ConnectRequest> request, Optional<HttpRefusal> refusal) {
    static Parsed refused(HttpRefusal refusal) {
      return new Parsed(Optional.empty(), Optional.of(refusal));
    }
  }

  /**
   * Reads the head of a request. It ignores header fields: they do not matter here, and each client
   * sends different ones (docs/clients.md section 8).
   *
   * @param head from the request line to the empty line
   */
  static Parsed parse(String head) {
    var line = head.lines().findFirst().orElse("");
    var parts = REQUEST_LINE.matcher(line);
    if (!parts.matches()) {
      return Parsed.refused(
          HttpRefusal.malformed("the first line of this request is something else"));
    }
    if (!parts.group(3).startsWith("HTTP/1.")) {
      return Parsed.refused(HttpRefusal.malformed("this client speaks " + parts.group(3)));
    }
    if (!parts.group(1).equals("CONNECT")) {
      return Parsed.refused(new HttpRefusal(
          405,
          "This is the CONNECT port of the DataSphere Jobs emulator: set it as grpc_proxy or"
              + " https_proxy. It serves no page and no plain http URL."));
    }
    return authority(parts.group(2));
  }

  private static Parsed authority(String text) {
    var parts = AUTHORITY.matcher(text);
    if (!parts.matches()) {
      return Parsed.refused(HttpRefusal.malformed("what follows CONNECT is not host or host:port"));
    }
    var digits = parts.group(2);
    var port = digits == null || digits.isEmpty() ? HTTPS : Integer.parseInt(digits);
    if (port < 1 || port > HIGHEST_PORT) {
      return Parsed.refused(HttpRefusal.malformed("port " + port + " is not between 1 and 65535"));
    }
    var host = ServerNames.normalise(parts.group(1));
    if (host.isEmpty() || host.contains("..") || host.startsWith(".")) {
      return Parsed.refused(HttpRefusal.malformed("the host name has an empty part"));
    }
    return new Parsed(Optional.of(new ConnectRequest(host, port)), Optional.empty());
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
