package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.DockerFacts;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.docker.Remedy;
import io.github.datasphere.emulator.docker.TrialContainer;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out for {@code doctor} what the container engine is like, and whether it starts a
 * container.
 */
public final class DockerProbe {
  private DockerProbe() {}

  /**
   * An engine that answers.
   *
   * @param host where it listens, and which setting says so
   * @param lacks resources that it cannot limit
   * @param root folder in which it keeps images and containers
   * @param freeBytes free space in that folder; empty if it is on another machine or cannot be read
   * @param hasGpus whether it can give containers GPUs
   * @param machineGpus how many this machine has
   * @param standardImage image of the jobs that name none
   * @param hasStandardImage whether the engine has that image already
   * @param loginTroubles what keeps stored logins from being found
   * @param refusal why the engine starts no container of that image; empty if it starts one, or has
   *     no image to try
   */
  public record Engine(
      String host,
      String version,
      String apiVersion,
      String architecture,
      int cpus,
      long memoryBytes,
      List<Limit> lacks,
      String root,
      OptionalLong freeBytes,
      boolean hasGpus,
      int machineGpus,
      String standardImage,
      boolean hasStandardImage,
      List<String> loginTroubles,
      Optional<Unusable> refusal) {
    public Engine {
      lacks = List.copyOf(lacks);
      loginTroubles = List.copyOf(loginTroubles);
    }
  }

  /** A resource that an engine can limit for a container. */
  public enum Limit {
    CPUS,
    MEMORY,
    SWAP
  }

  /** No engine can be used; the message says why. */
  public static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;
    private final String advice;

    private Unusable(DockerEngineException cause) {
      super(cause.getMessage(), cause);
      this.advice = Remedy.of(cause).orElse("");
    }

    /** What to do about it. */
    public String advice() {
      return advice;
    }
  }

  /**
   * Asks the engine that these environment variables name.
   *
   * @param patience how long it may take to answer
   */
  public static Engine at(Map<String, String> environment, ImagesConfig images, Duration patience)
      throws Unusable {
    try (var engine = DockerEngine.connect(environment, patience)) {
      var facts = engine.facts();
      var image = DockerRunners.standardImage(images);
      var isThere = new Images(engine).find(image).isPresent();
      return new Engine(
          facts.place(),
          facts.version(),
          facts.apiVersion(),
          facts.architecture(),
          facts.cpus(),
          facts.memoryBytes(),
          lacks(facts.limits()),
          facts.root(),
          facts.isLocal() ? free(Path.of(facts.root())) : OptionalLong.empty(),
          facts.hasGpus(),
          facts.isLocal() ? Machine.resources().gpus() : 0,
          image,
          isThere,
          engine.loginTroubles(),
          isThere ? refusal(engine, image, patience) : Optional.empty());
    } catch (DockerEngineException e) {
      throw new Unusable(e);
    }
  }

  private static Optional<Unusable> refusal(DockerEngine engine, String image, Duration patience) {
    try {
      TrialContainer.start(engine, image, patience);
      return Optional.empty();
    } catch (DockerEngineException e) {
      return Optional.of(new Unusable(e));
    }
  }

  private static List<Limit> lacks(DockerFacts.Limits limits) {
    var lacks = new ArrayList<Limit>();
    if (!limits.ofCpus()) {
      lacks.add(Limit.CPUS);
    }
    if (!limits.ofMemory()) {
      lacks.add(Limit.MEMORY);
    }
    if (!limits.ofSwap()) {
      lacks.add(Limit.SWAP);
    }
    return lacks;
  }

  private static OptionalLong free(Path root) {
    try {
      return OptionalLong.of(Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      // The folder of an engine in a virtual machine, such as Docker Desktop's
      return OptionalLong.empty();
    }
  }
}
