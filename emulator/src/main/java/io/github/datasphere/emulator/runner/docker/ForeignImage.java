package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.ImageFacts;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Checks images whose programs are made for another processor than the engine's (service-behaviour
 * 10.10). Some engines refuse to start such an image. Others start it, and their runtime writes the
 * refusal of the kernel into the output of the program.
 */
final class ForeignImage {
  private static final String REFUSAL = "exec format error";

  private final DockerRunContext context;
  private final JobId job;
  private final SystemLog log;

  ForeignImage(DockerRunContext context, JobId job, SystemLog log) {
    this.context = context;
    this.job = job;
    this.log = log;
  }

  /** Tries whether the machine emulates the processor of the image; once for each image. */
  void check(ImageFacts image) throws IOException, PreparationException {
    var machine = context.engine().facts().architecture();
    if (image.architecture().isEmpty()
        || image.architecture().equals(machine)
        || context.emulatedImages().contains(image.id())) {
      return;
    }
    log.error("The image is made for " + image.architecture() + " and the engine's machine is "
        + machine + ": its programs run slowly, or not at all");
    var words = firstWords(image);
    if (isRefusal(words)) {
      throw new PreparationException("The image is made for " + image.architecture()
          + ", and the engine's machine is " + machine + " (" + words + "): take a tag for "
          + machine + ", or have that machine emulate " + image.architecture()
          + " (docker run --privileged --rm tonistiigi/binfmt --install " + image.architecture()
          + ").");
    }
    context.emulatedImages().add(image.id());
  }

  /**
   * Says what the first words of a container mean.
   *
   * @return empty if its programs can run on the engine's machine
   */
  static Optional<String> explanation(DockerEngine engine, String words) {
    if (!isRefusal(words)) {
      return Optional.empty();
    }
    var machine = engine.facts().architecture();
    return Optional.of("The programs of the image are made for another processor than the engine's"
        + " machine has, which is " + machine + " (" + words + "): take an image for " + machine
        + ".");
  }

  /** Whether these words of the engine or its runtime say that the kernel refused a program. */
  static boolean isRefusal(String words) {
    return words.contains(REFUSAL);
  }

  private String firstWords(ImageFacts image) throws IOException {
    var order = context
        .engine()
        .client()
        .createContainerCmd(image.id())
        .withLabels(context.settings().ownership().labels(job.value()))
        .withEntrypoint("sh", "-c", ":")
        .withNetworkDisabled(true)
        .withHostConfig(
            HostConfig.newHostConfig().withLogConfig(new LogConfig(LogConfig.LoggingType.NONE)));
    try {
      return firstWords(
          new JobContainer(context.engine(), context.engine().ask(order::exec).getId()));
    } catch (DockerEngineException e) {
      if (e.isSilence()) {
        throw e;
      }
      // Other refusals will show again with the job's own container
      return String.valueOf(e.getMessage());
    }
  }

  private static String firstWords(JobContainer container) throws IOException {
    try {
      container.start();
      var words = new ByteArrayOutputStream();
      container.copy(Token.random(), (bytes, offset, length) -> {}, words::write);
      return words.toString(UTF_8).strip();
    } finally {
      container.detach();
      container.remove();
    }
  }
}
