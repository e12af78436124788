package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A container that does nothing: an engine can answer all questions and yet start none. */
public final class TrialContainer {
  private TrialContainer() {}

  /**
   * Starts one and removes it.
   *
   * @param image that the engine has
   * @throws EngineException with the words of an engine that cannot, or not in this time
   */
  public static void start(DockerEngine engine, String image, Duration patience)
      throws EngineException {
    try {
      Deadline.within(patience, () -> {
        start(engine, image);
        return true;
      });
    } catch (TimeoutException e) {
      throw EngineException.unusable(
          "no container has started within " + patience.toSeconds() + " s",
          "see whether the engine hangs (docker info) and start it anew",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException refused) {
        throw refused;
      }
      throw new EngineException(String.valueOf(e.getMessage()), 0, e);
    }
  }

  /** Labelled, so that what a kill leaves of it is removed by the next start of an emulator. */
  private static void start(DockerEngine engine, String image) throws EngineException {
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
