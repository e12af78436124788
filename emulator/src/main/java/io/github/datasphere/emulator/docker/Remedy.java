package io.github.datasphere.emulator.docker;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what a user can do about an engine that answers, but fails or refuses for all jobs alike.
 */
public final class Remedy {
  private static final int FORBIDDEN = 403;
  private static final String ASK =
      "ask the engine's administrator for the right, or point DOCKER_HOST at another";

  private Remedy() {}

  /** Returns half a sentence; empty for failures that need no advice or are not known here. */
  public static Optional<String> of(DockerEngineException failure) {
    if (!failure.advice().isEmpty()) {
      return Optional.of(failure.advice());
    }
    return failure.status() == FORBIDDEN
        ? Optional.of(ASK)
        : ofWords(String.valueOf(failure.getMessage()));
  }

  /** Returns the advice as the beginning of a sentence, or {@code otherwise} if there is none. */
  public static String begin(IOException failure, String otherwise) {
    return failure instanceof DockerEngineException failed
        ? of(failed)
            .map(what -> what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1))
            .orElse(otherwise)
        : otherwise;
  }

  /** Returns the advice for words that may also come from a registry. */
  public static Optional<String> ofWords(String words) {
    if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
      return Optional.of("free some of the engine's disk (docker system df; docker system prune)");
    }
    if (isOfNetwork(words)) {
      return Optional.of("restart the engine, which makes the network of its containers again"
          + " (sudo systemctl restart docker)");
    }
    if (words.contains("read-only file system")) {
      return Optional.of("make the engine's disk writable again, and restart the engine");
    }
    return words.contains("authorization denied") ? Optional.of(ASK) : Optional.empty();
  }

  /** Whether the engine's bridge or its firewall rules were removed. */
  private static boolean isOfNetwork(String words) {
    return words.contains("failed to create endpoint")
        || words.contains("could not find bridge")
        || words.contains("network bridge not found")
        || words.contains("failed to set up container networking")
        || words.contains("iptables failed");
  }
}
