package io.github.datasphere.emulator.docker;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What its user can do about an engine that answers, and fails or refuses for all jobs alike. */
public final class Remedy {
  private static final int FORBIDDEN = 403;
  private static final String ASK =
      "ask whoever runs the engine for the right, or point DOCKER_HOST at another";

  private Remedy() {}

  /** Half a sentence; empty for failures that need none, or that nobody has met yet. */
  public static Optional<String> of(EngineException failure) {
    if (!failure.advice().isEmpty()) {
      return Optional.of(failure.advice());
    }
    return failure.status() == FORBIDDEN
        ? Optional.of(ASK)
        : ofWords(String.valueOf(failure.getMessage()));
  }

  /** The same as the beginning of a sentence, or another one. */
  public static String begin(IOException failure, String otherwise) {
    return failure instanceof EngineException failed
        ? of(failed)
            .map(what -> what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1))
            .orElse(otherwise)
        : otherwise;
  }

  /** The same, where a refusal may also be a registry's. */
  public static Optional<String> ofWords(String words) {
    if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
      return Optional.of("free some of the engine's disk (docker system df; docker system prune)");
    }
    if (isOfNetwork(words)) {
      return Optional.of("start the engine anew, which makes the network of its containers again"
          + " (sudo systemctl restart docker)");
    }
    if (words.contains("read-only file system")) {
      return Optional.of("make the engine's disk writable again, and start the engine anew");
    }
    return words.contains("authorization denied") ? Optional.of(ASK) : Optional.empty();
  }

  /** Its bridge was taken away, or the rules of a firewall that it had made. */
  private static boolean isOfNetwork(String words) {
    return words.contains("failed to create endpoint")
        || words.contains("could not find bridge")
        || words.contains("network bridge not found")
        || words.contains("failed to set up container networking")
        || words.contains("iptables failed");
  }
}
