package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the emulator listens.
 *
 * @param bind address or host name to listen at
 * @param advertise host that URLs and certificates name instead of loopback; with it nothing is
 *     tunnelled onward
 * @param grpcPort plaintext gRPC; 0 picks a free port, as for the other three
 * @param httpPort file URLs, health, metadata-token stub
 * @param tlsPort gRPC over TLS
 * @param proxyPort CONNECT proxy to the TLS port
 * @param offline the CONNECT port lets nothing out and answers the official CLI's version check
 *     itself
 */
public record NetworkConfig(
    String bind,
    Optional<String> advertise,
    int grpcPort,
    int httpPort,
    int tlsPort,
    int proxyPort,
    boolean offline) {
  private static final Pattern HOST = Pattern.compile("[^\\x00- /]+");

  public NetworkConfig {
    host("bind", bind);
    advertise.ifPresent(host -> host("advertise", host));
    port("grpc-port", grpcPort);
    port("http-port", httpPort);
    port("tls-port", tlsPort);
    port("proxy-port", proxyPort);
  }

  public static NetworkConfig defaults() {
    return new NetworkConfig("127.0.0.1", Optional.empty(), 9098, 9099, 9443, 9097, false);
  }

  public static NetworkConfig onFreePorts() {
    return new NetworkConfig("127.0.0.1", Optional.empty(), 0, 0, 0, 0, false);
  }

  static NetworkConfig read(Fields fields, NetworkConfig base) {
    return new NetworkConfig(
        fields.read("bind", base.bind, value -> host("bind", value.text())),
        fields.read(
            "advertise", base.advertise, value -> Optional.of(host("advertise", value.text()))),
        readPort(fields, "grpc-port", base.grpcPort),
        readPort(fields, "http-port", base.httpPort),
        readPort(fields, "tls-port", base.tlsPort),
        readPort(fields, "proxy-port", base.proxyPort),
        fields.read("offline", base.offline, Value::flag));
  }

  private static int readPort(Fields fields, String key, int base) {
    return fields.read(key, base, value -> port(key, value.integer()));
  }

  private static int port(String key, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          key + " must be a port from 1 to 65535, or 0 for a free one, not " + port);
    }
    return port;
  }

  /** Returns the host name that clients are told. */
  public String advertisedHost() {
    return advertise.orElse(isAnyAddress(bind) ? "127.0.0.1" : bind);
  }

  private static boolean isAnyAddress(String bind) {
    var address = new InetSocketAddress(bind, 0).getAddress();
    return address != null && address.isAnyLocalAddress();
  }

  private static String host(String key, String host) {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          key + " must be a host name or an address without port, not \"" + host + '"');
    }
    return host;
  }
}
