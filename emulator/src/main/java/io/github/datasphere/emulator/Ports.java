package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.http.HttpSettings;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The ports of a server, opened together and closed together. */
final class Ports implements AutoCloseable {
  private final Server plain;
  private final TlsSide tls;
  private final Addresses addresses;

  private Ports(Server plain, TlsSide tls, Addresses addresses) {
    this.plain = plain;
    this.tls = tls;
    this.addresses = addresses;
  }

  /**
   * Opens all of them or none.
   *
   * @param http gives the address of the HTTP side, which it starts
   * @throws EmulatorException if one cannot be had; the message says which and what to do
   */
  static Ports open(
      NetworkConfig network, Workspace workspace, ServedCalls calls, Supplier<URI> http)
      throws IOException {
    var bind = new InetSocketAddress(network.bind(), network.grpcPort());
    var plain = GrpcServers.start(bind, GrpcServers.plaintext(), "--grpc-port", calls);
    try {
      var base = http.get();
      var tls = TlsSide.open(network, workspace, calls, List.of(plain.getPort(), base.getPort()));
      return new Ports(plain, tls, addresses(network, plain, base, tls));
    } catch (IOException | RuntimeException e) {
      GrpcServers.stop(plain);
      throw e;
    }
  }

  Addresses addresses() {
    return addresses;
  }

  /** The host name that clients are told. */
  /** How the HTTP side is opened. */
  static HttpSettings http(NetworkConfig network) {
    return new HttpSettings(network.bind(), network.httpPort(), host(network), Set.of());
  }

  static String host(NetworkConfig network) {
    return network.advertise().orElse(isAnyAddress(network.bind()) ? "127.0.0.1" : network.bind());
  }

  private static boolean isAnyAddress(String bind) {
    return new InetSocketAddress(bind, 0).getAddress() != null
        && new InetSocketAddress(bind, 0).getAddress().isAnyLocalAddress();
  }

  private static Addresses addresses(NetworkConfig network, Server plain, URI http, TlsSide tls) {
    var host = host(network);
    var literal = host.contains(":") ? "[" + host + "]" : host;
    return new Addresses(
        literal + ":" + plain.getPort(),
        http,
        literal + ":" + tls.port(),
        URI.create("http://" + literal + ":" + tls.proxyPort()),
        tls.certificate(),
        tls.offlineRoots());
  }

  @Override
  public void close() {
    tls.close();
    GrpcServers.stop(plain);
  }
}
