package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.base.OptionalLibrary;
import io.github.datasphere.emulator.server.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is reached, by the host name that it advertises.
 *
 * @param grpc plaintext gRPC, {@code host:port}
 * @param http file URLs, health and the metadata-token stub
 * @param encrypted the ports for unmodified clients; empty if the library for certificates is not
 *     on the class path
 */
public record Addresses(String grpc, URI http, Optional<Encrypted> encrypted) {

  /**
   * The ports for unmodified clients.
   *
   * @param tls gRPC over TLS, {@code host:port}
   * @param proxy the CONNECT port
   * @param certificate PEM file of the certificate authority that clients have to trust
   * @param offlineRoots that certificate together with the roots of this machine; only if the
   *     emulator is offline, and so answers for foreign hosts
   */
  public record Encrypted(String tls, URI proxy, Path certificate, Optional<Path> offlineRoots) {}

  static Addresses of(@Nullable Ports ports) {
    if (ports == null) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "this emulator has no ports: start it with Emulator.start, or in a test with"
              + " @DataSphereEmulator(transport = Transport.TCP)"));
    }
    return new Addresses(
        ports.grpc(),
        ports.http(),
        ports
            .tlsSide()
            .map(side ->
                new Encrypted(side.tls(), side.proxy(), side.certificate(), side.offlineRoots())));
  }

  /**
   * See {@link Encrypted#tls}.
   *
   * @throws IllegalStateException if there is no such port; says what to add
   */
  public String tls() {
    return known().tls();
  }

  /**
   * See {@link Encrypted#proxy}.
   *
   * @throws IllegalStateException if there is no such port; says what to add
   */
  public URI proxy() {
    return known().proxy();
  }

  /**
   * See {@link Encrypted#certificate}.
   *
   * @throws IllegalStateException if there is no TLS port; says what to add
   */
  public Path certificate() {
    return known().certificate();
  }

  /**
   * See {@link Encrypted#offlineRoots}.
   *
   * @throws IllegalStateException if there is no TLS port; says what to add
   */
  public Optional<Path> offlineRoots() {
    return known().offlineRoots();
  }

  private Encrypted known() {
    return encrypted.orElseThrow(() ->
        CallSites.inAuthorsCode(new IllegalStateException(OptionalLibrary.CERTIFICATES.advice())));
  }
}
