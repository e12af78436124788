package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MinIO server in a container, with its objects in a volume. The container is removed when this
 * is closed.
 */
public final class StorageContainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageContainer.class);
  private static final String ROLE = "io.github.datasphere.emulator.role";
  private static final ExposedPort PORT = ExposedPort.tcp(9000);
  private static final String FOLDER = "/data";

  /**
   * Holds the password, since the variables of a container would show it to every user who inspects
   * it.
   */
  private static final String PASSWORD_FILE = "minio-root-password";

  /** Any user may write there, since images run their server as different users. */
  private static final int READABLE = 0444;

  private static final int STOP_SECONDS = 10;

  private final DockerEngine engine;
  private final String id;
  private final int port;

  private StorageContainer(DockerEngine engine, String id, int port) {
    this.engine = engine;
    this.id = id;
    this.port = port;
  }

  /**
   * Describes the server.
   *
   * @param volume volume that keeps the objects when the container is gone; without one they are
   *     removed with it
   * @param bind address of this machine at which the server is reached
   */
  public record Order(
      ImagePull image,
      Ownership owner,
      Optional<String> volume,
      String bind,
      String accessKey,
      String secretKey) {
    @Override
    public String toString() {
      return "Order[" + image.name() + ", " + volume + "]";
    }
  }

  /**
   * Removes what a killed emulator has left, and starts a server. It takes some moments until the
   * server works.
   *
   * @throws DockerEngineException with the words of the engine or the registry
   */
  public static StorageContainer start(DockerEngine engine, Order order) throws IOException {
    sweep(engine, order.owner());
    new Images(engine).get(order.image(), words -> LOG.info("Storage: {}", words), () -> {});
    if (order.volume().isPresent()) {
      engine.ask(() -> engine
          .client()
          .createVolumeCmd()
          .withName(order.volume().get())
          .withLabels(order.owner().labels())
          .exec());
    }
    var id = create(engine, order);
    try {
      engine.files().put(id, "/", passwordFile(order.secretKey()));
      engine.ask(() -> engine.client().startContainerCmd(id).exec());
      return new StorageContainer(engine, id, port(engine, id));
    } catch (IOException e) {
      remove(engine, id);
      throw e;
    }
  }

  /** Returns the port of this machine on which it listens. */
  public int port() {
    return port;
  }

  /**
   * Whether it runs; a server that cannot work ends at once.
   *
   * @throws DockerEngineException if the engine cannot tell
   */
  public boolean isRunning() throws DockerEngineException {
    var state = inspect(engine, id).getState();
    return Boolean.TRUE.equals(state.getRunning());
  }

  @Override
  public void close() {
    try {
      engine.tell(
          () -> engine.client().stopContainerCmd(id).withTimeout(STOP_SECONDS).exec());
    } catch (DockerEngineException e) {
      LOG.debug("Container {} did not stop by itself", id, e);
    }
    remove(engine, id);
    engine.close();
  }

  private static String create(DockerEngine engine, Order order) throws DockerEngineException {
    var labels = new HashMap<>(order.owner().labels());
    labels.put(ROLE, "storage");
    var mount = new Mount().withType(MountType.VOLUME).withTarget(FOLDER);
    order.volume().ifPresent(mount::withSource);
    var host = HostConfig.newHostConfig()
        .withMounts(List.of(mount))
        .withPortBindings(new PortBinding(Ports.Binding.bindIp(order.bind()), PORT));
    return engine.ask(() -> engine
        .client()
        .createContainerCmd(order.image().name().toString())
        .withLabels(labels)
        .withEntrypoint("minio")
        .withCmd("server", "--address", ":" + PORT.getPort(), FOLDER)
        .withEnv(
            "MINIO_ROOT_USER=" + order.accessKey(),
            "MINIO_ROOT_PASSWORD_FILE=/" + PASSWORD_FILE,
            "MINIO_BROWSER=off")
        .withExposedPorts(PORT)
        .withHostConfig(host)
        .exec()
        .getId());
  }

  private static InputStream passwordFile(String password) throws IOException {
    var content = password.getBytes(UTF_8);
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      var entry = new TarArchiveEntry(PASSWORD_FILE);
      entry.setMode(READABLE);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static int port(DockerEngine engine, String id) throws DockerEngineException {
    var bindings =
        inspect(engine, id).getNetworkSettings().getPorts().getBindings().get(PORT);
    if (bindings == null || bindings.length == 0) {
      throw new DockerEngineException("the engine gave the storage's container no port", 0, null);
    }
    return Integer.parseInt(bindings[0].getHostPortSpec());
  }

  private static InspectContainerResponse inspect(DockerEngine engine, String id)
      throws DockerEngineException {
    return engine.ask(() -> engine.client().inspectContainerCmd(id).exec());
  }

  /** Removes the containers of dead owners, and of this owner, which has just begun. */
  private static void sweep(DockerEngine engine, Ownership self) throws DockerEngineException {
    var found = engine.ask(() -> engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(ROLE, "storage"))
        .exec());
    for (var container : found) {
      var owner = String.valueOf(container.getLabels().get(Ownership.OWNER));
      if (self.holds(owner) || Ownership.isDead(owner)) {
        remove(engine, container.getId());
      }
    }
  }

  private static void remove(DockerEngine engine, String id) {
    try {
      engine.tell(() -> engine
          .client()
          .removeContainerCmd(id)
          .withForce(true)
          .withRemoveVolumes(true)
          .exec());
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "Container {} was not removed (docker rm -f -v {})", id, id);
    }
  }
}
