package io.github.datasphere.emulator.cli.env;

import io.github.datasphere.emulator.Addresses;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.config.reading.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a client has to know about a running emulator.
 *
 * @param grpc host:port of the plaintext port
 * @param tls host:port of the TLS port
 * @param http start of the HTTP port's URLs
 * @param proxy the CONNECT port
 * @param ca certificate that clients have to trust
 * @param offlineRoots that certificate together with the system's; present with {@code --offline}
 * @param token a token that the emulator accepts
 * @param httpToken the token of the HTTP and JSON face
 */
public record ClientSettings(
    String grpc,
    String tls,
    URI http,
    URI proxy,
    Path ca,
    Optional<Path> offlineRoots,
    String token,
    String httpToken) {

  private static final String ANY_TOKEN = "local";

  /** Returns the settings for an emulator with this configuration. */
  public static ClientSettings of(Emulator emulator, AccessConfig access) {
    return of(emulator.addresses(), access, emulator.httpToken());
  }

  /**
   * Returns the settings for what listens at these addresses.
   *
   * @param httpToken empty if there is no HTTP and JSON face
   */
  public static ClientSettings of(Addresses addresses, AccessConfig access, String httpToken) {
    return new ClientSettings(
        addresses.grpc(),
        addresses.tls(),
        addresses.http(),
        addresses.proxy(),
        addresses.certificate(),
        addresses.offlineRoots(),
        token(good(access)),
        httpToken);
  }

  /** Returns a token that may use this project. */
  public static String tokenFor(String projectId, AccessConfig access) {
    return token(access.projects().getOrDefault(projectId, good(access)));
  }

  /**
   * Returns the accepted tokens, those for all projects first. A user who can read them here has
   * started the emulator, so may have them.
   */
  private static List<Secret> good(AccessConfig access) {
    return access.all().isEmpty() ? access.accepted() : access.all();
  }

  /** Returns the first accepted token; if none is listed, any token will do. */
  private static String token(List<Secret> good) {
    return good.isEmpty() ? ANY_TOKEN : good.get(0).reveal();
  }
}
