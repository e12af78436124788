package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.model.AuthConfig;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes sure that an engine has images. */
public final class Images {
  private static final long LOOK_MILLIS = 100;

  private final DockerEngine engine;

  public Images(DockerEngine engine) {
    this.engine = engine;
  }

  /**
   * Returns the image, pulled if its policy says so.
   *
   * @param words receives what happens
   * @throws DockerEngineException with the words of the engine or the registry
   */
  public <E extends Exception> ImageFacts get(
      ImagePull pull, Consumer<String> words, Interruption<E> interruption) throws IOException, E {
    var name = pull.name().toString();
    var here = pull.policy() == ImagePull.Policy.ALWAYS ? Optional.<ImageFacts>empty() : find(name);
    if (here.isPresent()) {
      words.accept("Image '" + name + "' exists");
      return here.get();
    }
    if (pull.policy() == ImagePull.Policy.NEVER) {
      throw new DockerEngineException(
          "the engine does not have it, and it may not be pulled (--pull never)", 404, null);
    }
    pull(pull, words, interruption);
    return find(name)
        .orElseThrow(() -> new DockerEngineException(
            "the engine pulled it, but does not have it afterwards", 404, null));
  }

  /** Returns the image that the engine has under this name or id. */
  public Optional<ImageFacts> find(String name) throws DockerEngineException {
    try {
      var image = engine.ask(() -> engine.client().inspectImageCmd(name).exec());
      var config = image.getConfig();
      var environment = config == null ? null : config.getEnv();
      return Optional.of(new ImageFacts(
          String.valueOf(image.getId()),
          String.valueOf(image.getArch()),
          environment == null ? List.of() : List.of(environment)));
    } catch (DockerEngineException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <E extends Exception> void pull(
      ImagePull pull, Consumer<String> words, Interruption<E> interruption) throws IOException, E {
    var source = pull.mirror().map(pull.name()::from).orElse(pull.name());
    words.accept("Pulling image '" + source + "'");
    var command = engine.client().pullImageCmd(source.unversioned()).withTag(source.version());
    var login = login(pull, source, interruption);
    var remark = "";
    if (login instanceof LoginAnswer.Stored stored) {
      command.withAuthConfig(stored.login());
    } else if (login instanceof LoginAnswer.Unknown unknown) {
      words.accept("No login goes to " + source.registry() + ": " + unknown.why());
      remark = "; no login was sent: " + unknown.why();
    }
    try (var progress = new PullProgress(words)) {
      engine.ask(() -> command.exec(progress));
      while (!progress.await(LOOK_MILLIS)) {
        interruption.check();
      }
      progress.failure().ifPresent(failure -> {
        throw failure;
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DockerEngineException("the pull was interrupted", 0, e);
    } catch (PullFailure e) {
      throw new DockerEngineException(e.getMessage() + remark, 500, e);
    } catch (RuntimeException e) {
      throw DockerEngineException.of(e);
    }
    if (!source.equals(pull.name())) {
      engine.ask(() -> {
        engine
            .client()
            .tagImageCmd(
                source.toString(), pull.name().unversioned(), pull.name().version())
            .exec();
        return "";
      });
    }
    words.accept("Image '" + pull.name() + "' is pulled");
  }

  private <E extends Exception> LoginAnswer login(
      ImagePull pull, ImageName source, Interruption<E> interruption) throws E {
    if (pull.login().isEmpty()) {
      return engine.logins().of(source.registry(), interruption);
    }
    var given = pull.login().get();
    return new LoginAnswer.Stored(new AuthConfig()
        .withUsername(given.username())
        .withPassword(given.password())
        .withRegistryAddress(source.registry()));
  }
}
