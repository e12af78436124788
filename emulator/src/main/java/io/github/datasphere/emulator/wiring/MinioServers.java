package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.UserEnvironment;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.ImageName;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Remedy;
import io.github.datasphere.emulator.docker.StorageContainer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Starts a MinIO server in a container. This class needs the Docker library, so it is loaded only
 * when it is used.
 */
final class MinioServers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int KEY_BYTES = 10;

  private MinioServers() {}

  /**
   * A server that was started.
   *
   * @param config the configuration of this server, as if the user had given it
   */
  record Started(StorageContainer container, MinioConfig config) {}

  /**
   * Starts a server. It keeps its objects in a volume if the emulator keeps its state.
   *
   * @throws ExplainedException if it cannot; the message says why and what to do
   */
  static Started start(EmulatorContext base) throws IOException {
    var config = base.config().storage().minio();
    var secret = HexFormat.of().formatHex(base.workspace().key("minio"));
    var keys = new MinioConfig.Keys(
        new Secret(secret.substring(0, 2 * KEY_BYTES)),
        new Secret(secret.substring(2 * KEY_BYTES)));
    try {
      var container = container(base, config, keys);
      var endpoint = URI.create("http://127.0.0.1:" + container.port());
      var advertised = base.config().network().advertisedHost();
      return new Started(
          container,
          new MinioConfig(
              Optional.of(endpoint),
              Optional.of(URI.create("http://" + advertised + ":" + container.port())),
              config.bucket(),
              Optional.of(keys),
              MinioConfig.Dialect.usual(),
              config.image()));
    } catch (IOException e) {
      throw new ExplainedException(
          "The MinIO server for --storage minio cannot be started from the image "
              + config.image()
              + " ("
              + e.getMessage()
              + "). "
              + Remedy.begin(e, "Start Docker")
              + ", name another image as storage.minio.image, name a server as"
              + " storage.minio.endpoint, or use --storage local",
          e);
    }
  }

  private static StorageContainer container(
      EmulatorContext base, MinioConfig config, MinioConfig.Keys keys) throws IOException {
    var owner = DockerRunners.ownership(base.workspace());
    var engine = DockerEngine.connect(UserEnvironment.variables(), PATIENCE);
    try {
      if (!engine.facts().isLocal()) {
        throw new IOException("the engine at " + engine.facts().host() + " is not on this machine");
      }
      return StorageContainer.start(
          engine,
          new StorageContainer.Order(
              image(base, config),
              owner,
              base.isDurable()
                  ? Optional.of("datasphere-emulator-" + owner.owner())
                  : Optional.empty(),
              bind(base.config().network()),
              keys.access().reveal(),
              keys.secret().reveal()));
    } catch (IOException | RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private static ImagePull image(EmulatorContext base, MinioConfig config) throws IOException {
    var images = base.config().jobs().images();
    return new ImagePull(
        ImageName.parse(config.image())
            .orElseThrow(() -> new IOException("that is no name of an image")),
        DockerRunners.policy(images.pull()),
        Optional.empty(),
        images.registryMirror());
  }

  /** Returns an address that includes loopback, where the emulator itself reaches the server. */
  private static String bind(NetworkConfig network) {
    return network.advertisedHost().equals("127.0.0.1") ? "127.0.0.1" : "0.0.0.0";
  }
}
