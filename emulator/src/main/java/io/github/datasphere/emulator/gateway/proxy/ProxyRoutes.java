package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.proxy.Route.AnswerFor;
import io.github.datasphere.emulator.gateway.proxy.Route.Refused;
import io.github.datasphere.emulator.gateway.proxy.Route.ToAddress;
import io.github.datasphere.emulator.gateway.proxy.Route.ToHost;
import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.github.datasphere.emulator.gateway.tls.ServerNames;
import io.grpc.netty.shaded.io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The rules by which the CONNECT port decides. They are pure and look no name up. */
final class ProxyRoutes {
  private static final int HTTPS = 443;

  private final ProxySettings settings;

  ProxyRoutes(ProxySettings settings) {
    this.settings = settings;
  }

  Route of(ConnectRequest request) {
    if (ServerNames.isOfficial(request.host())) {
      return official(request);
    }
    if (isThisMachine(request.host())) {
      return thisMachine(request);
    }
    if (settings.offline().isPresent()) {
      return new AnswerFor(request.host());
    }
    if (!settings.isLoopbackOnly()) {
      return refused(
          "This emulator listens beyond loopback, so its CONNECT port tunnels to no other host, and"
              + " not to "
              + request
              + ". Set grpc_proxy instead of https_proxy, or exclude that host with no_proxy.");
    }
    return new ToHost(request.host(), request.port());
  }

  private Route official(ConnectRequest request) {
    if (request.port() != HTTPS) {
      return refused("The emulator stands in for "
          + request.host()
          + " on port 443 only, not on port "
          + request.port()
          + ".");
    }
    return new ToAddress(List.of(reachable(settings.tls())));
  }

  private boolean isThisMachine(String host) {
    return ServerNames.isLoopback(host)
        || settings.advertised().stream()
            .anyMatch(own -> ServerNames.normalise(own).equals(host));
  }

  /**
   * Decides about requests for this machine. Clients send localhost here too if nothing excludes it
   * (docs/clients.md 8.6). If others than this machine's own programs could do so, every port that
   * trusts loopback would be open to them.
   */
  private Route thisMachine(ConnectRequest request) {
    if (settings.isLoopbackOnly()) {
      return new ToAddress(loopback(request));
    }
    if (settings.ownPorts().contains(request.port())) {
      var bound = new InetSocketAddress(settings.bind().getAddress(), request.port());
      return new ToAddress(List.of(reachable(bound)));
    }
    return refused(
        "This emulator listens beyond loopback, so its CONNECT port leads to its own ports of this"
            + " machine only: "
            + settings.ownPorts().stream().sorted().toList()
            + ", and not to "
            + request
            + ".");
  }

  /** Returns addresses, so that no look-up of "localhost" asks a name server. */
  private static List<InetSocketAddress> loopback(ConnectRequest request) {
    var literal = NetUtil.createInetAddressFromIpAddressString(request.host());
    var addresses = literal != null && literal.isLoopbackAddress()
        ? List.of(literal)
        : List.of(NetUtil.LOCALHOST4, NetUtil.LOCALHOST6);
    return addresses.stream()
        .map(address -> new InetSocketAddress(address, request.port()))
        .toList();
  }

  private static InetSocketAddress reachable(InetSocketAddress bound) {
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
        : bound;
  }

  private static Route refused(String text) {
    return new Refused(new HttpRefusal(403, text));
  }
}
