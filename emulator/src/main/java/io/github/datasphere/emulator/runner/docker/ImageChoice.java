package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.ImageFacts;
import io.github.datasphere.emulator.docker.ImageName;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Remedy;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gets the image that a job runs in (service-behaviour 4.13, 4.14, 10.10). */
final class ImageChoice {
  private static final Pattern SYSTEM_IMAGE = Pattern.compile("system-python-(\\d+)-(\\d+)");
  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+).*");

  private final DockerRunContext context;
  private final SystemLog log;
  private final Cancellation cancellation;

  ImageChoice(DockerRunContext context, SystemLog log, Cancellation cancellation) {
    this.context = context;
    this.log = log;
    this.cancellation = cancellation;
  }

  ImageFacts get(Job job, @Nullable PythonPlan python)
      throws IOException, PreparationException, CancelledException {
    var image = job.parameters().env().image();
    if (image instanceof DockerImage.Registry registry) {
      return get(job.id(), registry.url(), login(registry));
    }
    if (image instanceof DockerImage.Resource resource) {
      return get(job.id(), known(resource.id()), Optional.empty());
    }
    return get(
        job.id(),
        python == null ? context.settings().images().standard() : ofPython(python.version()),
        Optional.empty());
  }

  private ImageFacts get(JobId job, String text, Optional<ImagePull.Login> login)
      throws IOException, PreparationException, CancelledException {
    var images = context.settings().images();
    var name = ImageName.parse(text)
        .orElseThrow(() -> new PreparationException("'" + text
            + "' cannot be the name of an image: write it as repository:tag, in lower case, with"
            + " the host of its registry before it unless it is on Docker Hub."));
    try {
      var pull = new ImagePull(name, images.policy(), login, images.mirror());
      var facts = context.images().<CancelledException>get(pull, log::info, cancellation::check);
      new ForeignImage(context, job, log).check(facts);
      return facts;
    } catch (DockerEngineException e) {
      if (e.isSilence()) {
        throw e;
      }
      var words = String.valueOf(e.getMessage());
      throw new PreparationException(
          "The image '" + name + "' cannot be used: " + words
              + Remedy.ofWords(words)
                  .map(what -> "; " + what + ".")
                  .orElseGet(() -> ". " + advice(words, login)),
          e);
    }
  }

  private String known(String id) throws PreparationException {
    var configured = context.settings().images().byId().get(id);
    if (configured != null) {
      return configured;
    }
    var system = SYSTEM_IMAGE.matcher(id);
    if (system.matches()) {
      return ofPython(system.group(1) + "." + system.group(2));
    }
    var form = ImageName.parse(id)
        .map(name -> " If the image of that name is meant, write it as docker: {image: \"" + id
            + "\"}: as plain text it is the id of a project's image.")
        .orElse("");
    throw new PreparationException("The job uses the image " + id
        + ", which the emulator does not know: name one for it under 'images' in the configuration"
        + " file." + form);
  }

  private String ofPython(String version) {
    var images = context.settings().images();
    var parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return images.standard();
    }
    return images.python().getOrDefault(parts.group(1), "python:" + parts.group(1) + "-slim");
  }

  private Optional<ImagePull.Login> login(DockerImage.Registry registry)
      throws PreparationException {
    if (registry.username().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ImagePull.Login(
        registry.username(),
        password(registry.password(), context.settings().resources().secrets())));
  }

  private static String password(
      DockerImage.@Nullable Password password, Map<String, String> secrets)
      throws PreparationException {
    if (password instanceof DockerImage.Password.Plain plain) {
      return plain.text();
    }
    if (password instanceof DockerImage.Password.Secret secret) {
      var text = secrets.get(secret.name());
      if (text == null) {
        throw new PreparationException("The password of the image is the secret " + secret.name()
            + ", which the emulator does not know: name it under 'secrets' in the configuration"
            + " file.");
      }
      return text;
    }
    return "";
  }

  private static String advice(String words, Optional<ImagePull.Login> login) {
    var lower = words.toLowerCase(Locale.ROOT);
    if (lower.matches(".*(unauthorized|authentication required|access denied|no basic auth).*")) {
      return login.isPresent()
          ? "Check username and password of the registry."
          : "If it is private, give 'username' and 'password' in 'env.docker', or log in on this"
              + " machine (docker login).";
    }
    if (lower.matches(".*(no matching manifest|exec format).*")) {
      return "The registry has it for other processors only: take another tag.";
    }
    if (lower.matches(".*(not found|manifest unknown|unknown blob|not known).*")) {
      return "Check its name and tag.";
    }
    if (lower.contains("http response to https client")) {
      return "The registry speaks plain HTTP: allow it in the engine's settings (insecure-registries"
          + " of Docker, registries.conf of Podman).";
    }
    if (lower.contains("--pull never")) {
      return "Pull it (docker pull), or allow it.";
    }
    return "Check the engine's way to the registry (network, proxy, --registry-mirror), or give the"
        + " engine the image (docker load).";
  }
}
