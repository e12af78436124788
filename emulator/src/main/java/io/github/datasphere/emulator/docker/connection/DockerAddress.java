package io.github.datasphere.emulator.docker.connection;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is.
 *
 * @param tls settings for TLS; null for plain sockets
 * @param origin setting that names the address, such as {@code DOCKER_HOST}; empty for the standard
 *     place
 */
public record DockerAddress(URI host, @Nullable SSLConfig tls, String origin) {
  /** Begins the origin of an address that stands in the configuration of the emulator. */
  static final String CONFIGURED = "engines.";

  private static final String DOCKER_HUB = "https://index.docker.io/v1/";

  /** Returns settings for docker-java with which it reads neither logins nor contexts itself. */
  public DockerClientConfig config(RemoteApiVersion version) {
    return new Config(host, version);
  }

  /** Returns the address as a user writes it. */
  public String place() {
    return "unix".equals(host.getScheme()) ? "unix://" + host.getPath() : host.toString();
  }

  /** Says in an advice how to get to another engine, which these words describe. */
  String change(String other) {
    return isConfigured() ? "correct " + origin + ".address" : "point DOCKER_HOST at " + other;
  }

  /** Whether the configuration of the emulator has the address, and not the user's environment. */
  boolean isConfigured() {
    return origin.startsWith(CONFIGURED);
  }

  /** Returns the address, and which setting names it. */
  String text() {
    return origin.isEmpty() ? place() : place() + " (" + origin + ")";
  }

  private record Config(URI host, RemoteApiVersion version) implements DockerClientConfig {
    @Override
    public URI getDockerHost() {
      return host;
    }

    @Override
    public RemoteApiVersion getApiVersion() {
      return version;
    }

    /** Null, since the transport has its TLS settings already. */
    @Override
    @SuppressWarnings("deprecation")
    public com.github.dockerjava.core.@Nullable SSLConfig getSSLConfig() {
      return null;
    }

    @Override
    public String getRegistryUrl() {
      return DOCKER_HUB;
    }

    @Override
    public @Nullable String getRegistryUsername() {
      return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
      return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
      return null;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
      return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
      return new AuthConfigurations();
    }
  }
}
