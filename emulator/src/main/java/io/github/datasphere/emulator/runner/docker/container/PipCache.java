package io.github.datasphere.emulator.runner.docker.container;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the downloads of pip for all jobs of an emulator that leaves nothing behind. A volume with
 * a name would outlive a kill of the emulator. The engine removes a volume without a name with the
 * last container that has it: the holder, which lives on a lease like a job, or the last job that
 * shares its volumes.
 */
public final class PipCache implements AutoCloseable {
  private static final String NAME = "pip-cache";
  private static final String WAIT = "while read -r line; do :; done";

  private final DockerEngine engine;
  private final Ownership ownership;
  private @Nullable JobContainer holder;

  public PipCache(DockerEngine engine, Ownership ownership) {
    this.engine = engine;
    this.ownership = ownership;
  }

  /**
   * Returns the container whose volumes a job shares; starts it if there is none.
   *
   * @param image any image with a shell; the job's own will do
   */
  public synchronized String holder(String image) throws IOException {
    var known = holder;
    if (known != null && known.isRunning()) {
      return known.id();
    }
    var order = engine
        .client()
        .createContainerCmd(image)
        .withLabels(ownership.labels(NAME))
        .withUser("0")
        .withEntrypoint("sh", "-c", WAIT)
        .withStdinOpen(true)
        .withStdInOnce(true)
        .withAttachStdin(true)
        .withNetworkDisabled(true)
        .withHostConfig(HostConfig.newHostConfig()
            .withAutoRemove(true)
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
            .withMounts(List.of(new Mount()
                .withType(MountType.VOLUME)
                .withTarget(ContainerPaths.PIP_CACHE)
                .withVolumeOptions(new VolumeOptions().withLabels(ownership.labels())))));
    var fresh = new JobContainer(engine, engine.ask(order::exec).getId());
    holder = fresh;
    fresh.start();
    return fresh.id();
  }

  @Override
  public synchronized void close() throws DockerEngineException {
    if (holder != null) {
      holder.remove();
      holder.detach();
      holder = null;
    }
  }
}
