package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import io.github.datasphere.emulator.docker.connection.Deadline;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Tries a container that does nothing, since an engine may answer all requests and yet start no
 * container.
 */
public final class TrialContainer {
  private TrialContainer() {}

  /**
   * Starts a container and removes it.
   *
   * @param image an image that the engine has
   * @throws DockerEngineException with the engine's own words if it fails or takes longer
   */
  public static void start(DockerEngine engine, String image, Duration patience)
      throws DockerEngineException {
    try {
      Deadline.within(patience, () -> {
        start(engine, image);
        return true;
      });
    } catch (TimeoutException e) {
      throw DockerEngineException.unusable(
          "no container has started within " + patience.toSeconds() + " s",
          "see whether the engine hangs (docker info) and restart it",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DockerEngineException refused) {
        throw refused;
      }
      throw new DockerEngineException(String.valueOf(e.getMessage()), 0, e);
    }
  }

  /** Starts it with labels, so that the next start of an emulator removes what a kill has left. */
  private static void start(DockerEngine engine, String image) throws DockerEngineException {
    var id = engine.ask(() -> engine
        .client()
        .createContainerCmd(image)
        .withLabels(Ownership.ofProcess().labels("trial"))
        .withEntrypoint("sh", "-c", ":")
        .withHostConfig(
            HostConfig.newHostConfig().withLogConfig(new LogConfig(LogConfig.LoggingType.NONE)))
        .exec()
        .getId());
    try {
      engine.ask(() -> engine.client().startContainerCmd(id).exec());
    } finally {
      engine.tell(() -> engine
          .client()
          .removeContainerCmd(id)
          .withForce(true)
          .withRemoveVolumes(true)
          .exec());
    }
  }
}
