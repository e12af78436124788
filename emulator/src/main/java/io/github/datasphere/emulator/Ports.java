package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.http.HttpSettings;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ports of a server, opened together and closed together. */
final class Ports implements AutoCloseable {
  private final Server plain;
  private final Optional<TlsSide> tls;
  private final Addresses addresses;

  private Ports(Server plain, Optional<TlsSide> tls, Addresses addresses) {
    this.plain = plain;
    this.tls = tls;
    this.addresses = addresses;
  }

  /**
   * Opens all ports or none. The TLS ports are opened only if the library for certificates is
   * there.
   *
   * @param http starts the HTTP side and returns its address
   * @throws EmulatorException if a port cannot be opened; the message says which and what to do
   */
  static Ports open(
      NetworkConfig network, Workspace workspace, ServedCalls calls, Supplier<URI> http)
      throws IOException {
    var bind = new InetSocketAddress(network.bind(), network.grpcPort());
    try (var opened = new Opened()) {
      var plain = opened.add(
          GrpcServers.start(bind, GrpcServers.plaintext(), "--grpc-port", calls),
          GrpcServers::stop);
      var base = http.get();
      var tls = OptionalLibrary.CERTIFICATES.isThere()
          ? Optional.of(opened.add(
              TlsSide.open(network, workspace, calls, List.of(plain.getPort(), base.getPort())),
              TlsSide::close))
          : withoutTls(network);
      var ports = new Ports(plain, tls, addresses(network, plain, base, tls));
      opened.keep();
      return ports;
    }
  }

  private static Optional<TlsSide> withoutTls(NetworkConfig network) {
    if (network.offline()) {
      OptionalLibrary.CERTIFICATES.require();
    }
    return Optional.empty();
  }

  /**
   * Returns host and port of the TLS port; empty if there is none, also if there are no ports at
   * all.
   */
  static Optional<String> tls(@Nullable Ports ports) {
    return Optional.ofNullable(ports)
        .flatMap(open -> open.addresses().encrypted())
        .map(Addresses.Encrypted::tls);
  }

  Addresses addresses() {
    return addresses;
  }

  /** Returns the settings with which the HTTP side is opened. */
  static HttpSettings http(NetworkConfig network) {
    return new HttpSettings(network.bind(), network.httpPort(), host(network), Set.of());
  }

  /** Returns the host name that clients are told. */
  static String host(NetworkConfig network) {
    return network.advertise().orElse(isAnyAddress(network.bind()) ? "127.0.0.1" : network.bind());
  }

  private static boolean isAnyAddress(String bind) {
    return new InetSocketAddress(bind, 0).getAddress() != null
        && new InetSocketAddress(bind, 0).getAddress().isAnyLocalAddress();
  }

  private static Addresses addresses(
      NetworkConfig network, Server plain, URI http, Optional<TlsSide> tls) {
    var host = host(network);
    var literal = host.contains(":") ? "[" + host + "]" : host;
    return new Addresses(
        literal + ":" + plain.getPort(), http, tls.map(side -> side.addresses(literal)));
  }

  @Override
  public void close() {
    tls.ifPresent(TlsSide::close);
    GrpcServers.stop(plain);
  }
}
