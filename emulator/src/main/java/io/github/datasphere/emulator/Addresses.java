package io.github.datasphere.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server is reached, by the host name that it advertises.
 *
 * @param grpc plaintext gRPC, {@code host:port}
 * @param http file URLs, health and the metadata-token stub
 * @param tls gRPC over TLS, {@code host:port}
 * @param proxy the CONNECT port
 * @param certificate PEM file of the authority that clients have to trust
 * @param offlineRoots that certificate together with the roots of this machine; only if the
 *     emulator is offline, and so answers for foreign hosts
 */
public record Addresses(
    String grpc, URI http, String tls, URI proxy, Path certificate, Optional<Path> offlineRoots) {}
