package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.base.Daemons;
import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.Opened;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.gateway.proxy.ConnectProxy;
import io.github.datasphere.emulator.gateway.proxy.ProxySettings;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import io.github.datasphere.emulator.gateway.tls.TlsPort;
import io.github.datasphere.emulator.gateway.tls.TlsWarmUp;
import io.grpc.Server;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ports for unmodified clients: TLS under the official names, and the CONNECT port that leads
 * there. This class needs the library for certificates, so it is loaded only when it is used.
 */
public final class TlsPorts implements AutoCloseable {
  /** Variable that names the roots that the user's programs trust instead of the system's. */
  private static final String OWN_ROOTS = "REQUESTS_CA_BUNDLE";

  private final CertificateAuthority authority;
  private final Optional<Path> offlineRoots;
  private final String host;
  private final Server server;
  private final ConnectProxy proxy;

  private TlsPorts(
      String host,
      CertificateAuthority authority,
      Optional<Path> offlineRoots,
      Server server,
      ConnectProxy proxy) {
    this.host = host;
    this.authority = authority;
    this.offlineRoots = offlineRoots;
    this.server = server;
    this.proxy = proxy;
  }

  /**
   * Opens both ports.
   *
   * @param host the host that clients are told, as it stands in a URL
   * @param loops on whose threads gRPC is served
   * @param ownPorts the other ports of the emulator
   */
  static TlsPorts open(
      NetworkConfig network,
      String host,
      Workspace workspace,
      EventLoops loops,
      ServedCalls calls,
      List<Integer> ownPorts)
      throws IOException {
    var advertised = network.advertise().map(List::of).orElse(List.of());
    // Use the system clock: clients check certificates against theirs, which a test does not move
    var authority = CertificateAuthority.open(workspace.folder("ca"), Clock.systemUTC());
    var offlineRoots =
        network.offline() ? Optional.of(offlineRoots(authority)) : Optional.<Path>empty();
    var bind = new InetSocketAddress(network.bind(), network.tlsPort());
    try (var opened = new Opened()) {
      var server = opened.add(
          GrpcServers.start(
              bind, TlsPort.credentials(authority, advertised), loops, "--tls-port", calls),
          GrpcServers::stop);
      var open = new ArrayList<>(ownPorts);
      open.add(server.getPort());
      var proxy =
          opened.add(proxy(network, authority, server, Set.copyOf(open)), ConnectProxy::close);
      Daemons.named(
              "datasphere-tls-rehearsal",
              () -> TlsWarmUp.of(local(bind, server.getPort()), authority.certificateFile()))
          .start();
      var side = new TlsPorts(host, authority, offlineRoots, server, proxy);
      opened.keep();
      return side;
    }
  }

  private static Path offlineRoots(CertificateAuthority authority) throws IOException {
    return authority.bundleFile(Optional.ofNullable(System.getenv(OWN_ROOTS))
        .filter(roots -> !roots.isEmpty())
        .map(Path::of));
  }

  private static ConnectProxy proxy(
      NetworkConfig network, CertificateAuthority authority, Server server, Set<Integer> ownPorts)
      throws IOException {
    var bind = new InetSocketAddress(network.bind(), network.proxyPort());
    var settings = ProxySettings.of(bind, local(bind, server.getPort()))
        .serving(network.advertise().map(Set::of).orElse(Set.of()), ownPorts);
    try {
      return ConnectProxy.start(network.offline() ? settings.offlineWith(authority) : settings);
    } catch (BindException e) {
      throw new ExplainedException(
          "The CONNECT port "
              + network.bind()
              + ":"
              + network.proxyPort()
              + " cannot be opened ("
              + e.getMessage()
              + "): choose another with --proxy-port, or 0 for any free one",
          e);
    }
  }

  /** Returns the address at which this machine reaches a port that is bound like this. */
  private static InetSocketAddress local(InetSocketAddress bind, int port) {
    var isAny = bind.getAddress() != null && bind.getAddress().isAnyLocalAddress();
    return new InetSocketAddress(isAny ? "127.0.0.1" : bind.getHostString(), port);
  }

  /** Returns host and port of gRPC over TLS. */
  public String tls() {
    return host + ":" + server.getPort();
  }

  /** Returns the address of the CONNECT port. */
  public URI proxy() {
    return URI.create("http://" + host + ":" + proxy.address().getPort());
  }

  /** Returns the file of the certificate authority that clients have to trust. */
  public Path certificate() {
    return authority.certificateFile();
  }

  /** Returns that certificate with the roots of this machine; empty unless it is offline. */
  public Optional<Path> offlineRoots() {
    return offlineRoots;
  }

  @Override
  public void close() {
    proxy.close();
    GrpcServers.stop(server);
  }
}
