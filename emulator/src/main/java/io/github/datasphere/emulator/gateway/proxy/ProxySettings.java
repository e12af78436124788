package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the CONNECT port behaves.
 *
 * @param bind where it listens; port 0 takes a free one. If others can reach it, it tunnels to no
 *     foreign host
 * @param tls where the emulator's TLS port listens
 * @param advertised further names or addresses of this machine, as given to {@code --advertise}
 * @param ownPorts the emulator's ports that clients from beyond loopback may reach through it
 * @param offline if present, it answers for foreign hosts itself, with certificates of this
 *     authority, and nothing leaves the machine
 * @param limits on what clients may take
 */
public record ProxySettings(
    InetSocketAddress bind,
    InetSocketAddress tls,
    Set<String> advertised,
    Set<Integer> ownPorts,
    Optional<CertificateAuthority> offline,
    Limits limits) {

  /**
   * Bounds that keep one client from holding what others need.
   *
   * @param head how long a client may take to send its request
   * @param headBytes how long that request may be
   * @param connect how long connecting to a host may take, the look-up of its name included
   * @param halfClosed how long a connection that one side has ended may stay silent
   */
  public record Limits(Duration head, int headBytes, Duration connect, Duration halfClosed) {
    /** The limits for real use. */
    public static final Limits DEFAULT = new Limits(
        Duration.ofSeconds(30), 64 * 1024, Duration.ofSeconds(30), Duration.ofMinutes(10));
  }

  /** @throws IllegalArgumentException if one of the addresses is a name that did not resolve */
  public ProxySettings {
    for (var address : List.of(bind, tls)) {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException(
            "The host " + address.getHostString() + " does not resolve. Give an address instead.");
      }
    }
    advertised = Set.copyOf(advertised);
    ownPorts = Set.copyOf(ownPorts);
  }

  /** Returns settings for programs of this machine, with access to other hosts. */
  public static ProxySettings of(InetSocketAddress bind, InetSocketAddress tls) {
    return new ProxySettings(bind, tls, Set.of(), Set.of(), Optional.empty(), Limits.DEFAULT);
  }

  /** Returns settings that answer for foreign hosts with certificates of this authority. */
  public ProxySettings offlineWith(CertificateAuthority authority) {
    return new ProxySettings(bind, tls, advertised, ownPorts, Optional.of(authority), limits);
  }

  /**
   * Returns settings with the names of this machine and the emulator's ports, for a port that
   * others can reach.
   */
  public ProxySettings serving(Set<String> advertised, Set<Integer> ownPorts) {
    return new ProxySettings(bind, tls, advertised, ownPorts, offline, limits);
  }

  public ProxySettings within(Limits limits) {
    return new ProxySettings(bind, tls, advertised, ownPorts, offline, limits);
  }

  boolean isLoopbackOnly() {
    return bind.getAddress().isLoopbackAddress();
  }
}
