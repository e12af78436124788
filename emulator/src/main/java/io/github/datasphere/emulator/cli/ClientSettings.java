package io.github.datasphere.emulator.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a client has to know of a running emulator.
 *
 * @param grpc host:port of the plaintext port
 * @param tls host:port of the TLS port
 * @param http start of the HTTP port's URLs
 * @param proxy the CONNECT port
 * @param ca certificate that clients have to trust
 * @param offlineRoots that certificate together with the system's; there with {@code --offline}
 * @param token one that the emulator accepts
 */
record ClientSettings(
    String grpc,
    String tls,
    URI http,
    URI proxy,
    Path ca,
    Optional<Path> offlineRoots,
    String token) {}
