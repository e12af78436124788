package io.github.datasphere.emulator.docker;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The full name of an image.
 *
 * @param registry host of the registry; {@code docker.io} if the text names none
 * @param repository name within the registry
 * @param version tag, or digest with its algorithm
 */
public record ImageName(String registry, String repository, String version) {
  private static final String HUB = "docker.io";
  private static final int LONGEST = 255;
  private static final Pattern REGISTRY =
      Pattern.compile("localhost(:\\d+)?|[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)+(:\\d+)?"
          + "|[a-zA-Z0-9-]+:\\d+|\\[[0-9a-f:]+](:\\d+)?");
  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}");

  /** Reads the name of an image; empty if the text cannot be one. */
  public static Optional<ImageName> parse(String text) {
    int at = text.indexOf('@');
    var digest = at < 0 ? "" : text.substring(at + 1);
    var rest = at < 0 ? text : text.substring(0, at);
    int slash = rest.indexOf('/');
    var first = slash < 0 ? "" : rest.substring(0, slash);
    // Check the length first: for a longer text, the pattern would need more stack than there is
    var hasRegistry = first.length() <= LONGEST && REGISTRY.matcher(first).matches();
    var registry = hasRegistry ? first : HUB;
    var path = hasRegistry ? rest.substring(slash + 1) : rest;
    int colon = path.indexOf(':');
    var tag = colon < 0 ? "" : path.substring(colon + 1);
    var repository = colon < 0 ? path : path.substring(0, colon);
    var isValid = repository.length() <= LONGEST
        && REPOSITORY.matcher(repository).matches()
        && (colon < 0 || TAG.matcher(tag).matches())
        && (at < 0 || DIGEST.matcher(digest).matches());
    if (!isValid) {
      return Optional.empty();
    }
    var version = at >= 0 ? digest : colon >= 0 ? tag : "latest";
    return Optional.of(new ImageName(registry, repository, version));
  }

  /**
   * Returns the same image of a mirror of Docker Hub; images of other registries stay as they are.
   */
  ImageName from(String mirror) {
    if (!registry.equals(HUB)) {
      return this;
    }
    var full = repository.indexOf('/') < 0 ? "library/" + repository : repository;
    return new ImageName(mirror, full, version);
  }

  /** Returns the name without the version, as the engine expects it for a pull. */
  String unversioned() {
    return registry.equals(HUB) ? repository : registry + "/" + repository;
  }

  @Override
  public String toString() {
    return unversioned() + (version.indexOf(':') < 0 ? ":" : "@") + version;
  }
}
