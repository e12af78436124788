package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.Opened;
import io.github.datasphere.emulator.base.OptionalLibrary;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.http.HttpSettings;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ports of a server, opened together and closed together. */
public final class Ports implements AutoCloseable {
  private final EventLoops loops;
  private final Server plain;
  private final String host;
  private final URI http;
  private final Optional<TlsPorts> tls;

  private Ports(EventLoops loops, Server plain, String host, URI http, Optional<TlsPorts> tls) {
    this.loops = loops;
    this.plain = plain;
    this.host = host;
    this.http = http;
    this.tls = tls;
  }

  /**
   * Opens all ports or none. The TLS ports are opened only if the library for certificates is
   * there.
   *
   * @param services makes the services of the API
   * @param http starts the HTTP side and returns its address
   * @throws ExplainedException if a port cannot be opened; the message says which and what to do
   */
  public static Ports open(
      EmulatorContext base,
      Collection<Supplier<ServerServiceDefinition>> services,
      Supplier<URI> http)
      throws IOException {
    var calls = new ServedCalls(
        services.stream().map(Supplier::get).toList(),
        !base.isScripted() && base.workspace().isTemporary());
    return open(base.config().network(), base.workspace(), calls, http);
  }

  /**
   * Opens all ports or none, for these calls.
   *
   * @param http starts the HTTP side and returns its address
   * @throws ExplainedException if a port cannot be opened; the message says which and what to do
   */
  public static Ports open(
      NetworkConfig network, Workspace workspace, ServedCalls calls, Supplier<URI> http)
      throws IOException {
    var bind = new InetSocketAddress(network.bind(), network.grpcPort());
    try (var opened = new Opened()) {
      var loops = opened.add(new EventLoops(), EventLoops::close);
      var plain = opened.add(
          GrpcServers.start(bind, GrpcServers.plaintext(), loops, "--grpc-port", calls),
          GrpcServers::stop);
      var uri = http.get();
      var tls = OptionalLibrary.CERTIFICATES.isThere()
          ? Optional.of(opened.add(
              TlsPorts.open(
                  network,
                  literal(network),
                  workspace,
                  loops,
                  calls,
                  List.of(plain.getPort(), uri.getPort())),
              TlsPorts::close))
          : withoutTls(network);
      var ports = new Ports(loops, plain, literal(network), uri, tls);
      opened.keep();
      return ports;
    }
  }

  private static Optional<TlsPorts> withoutTls(NetworkConfig network) {
    if (network.offline()) {
      OptionalLibrary.CERTIFICATES.require();
    }
    return Optional.empty();
  }

  /**
   * Returns host and port of the TLS port; empty if there is none, also if there are no ports at
   * all.
   */
  public static Optional<String> tls(@Nullable Ports ports) {
    return Optional.ofNullable(ports).flatMap(Ports::tlsSide).map(TlsPorts::tls);
  }

  /** Returns the file that clients of the TLS port trust; empty where {@link #tls(Ports)} is. */
  public static Optional<Path> certificate(@Nullable Ports ports) {
    return Optional.ofNullable(ports).flatMap(Ports::tlsSide).map(TlsPorts::certificate);
  }

  /** Closes the ports, if there are any. */
  public static void closeIfOpen(@Nullable Ports ports) {
    if (ports != null) {
      ports.close();
    }
  }

  /** Returns host and port of plaintext gRPC. */
  public String grpc() {
    return host + ":" + plain.getPort();
  }

  /** Returns the address of the HTTP side. */
  public URI http() {
    return http;
  }

  /** Returns the ports for unmodified clients; empty if their library is not on the class path. */
  public Optional<TlsPorts> tlsSide() {
    return tls;
  }

  /** Returns the settings with which the HTTP side is opened. */
  public static HttpSettings http(NetworkConfig network) {
    return new HttpSettings(network.bind(), network.httpPort(), network.advertisedHost(), Set.of());
  }

  /** Returns the host that clients are told, as it stands in a URL. */
  private static String literal(NetworkConfig network) {
    var host = network.advertisedHost();
    return host.contains(":") ? "[" + host + "]" : host;
  }

  @Override
  public void close() {
    tls.ifPresent(TlsPorts::close);
    GrpcServers.stop(plain);
    loops.close();
  }
}
