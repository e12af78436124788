package io.github.datasphere.emulator.job.spec;

import org.jspecify.annotations.Nullable;

/** The image of a job's container (service-behaviour 4.13, 4.14). */
public sealed interface DockerImage {
  /** An image of the project, known by its resource id, or a system image by its name. */
  record Resource(String id) implements DockerImage {}

  /**
   * An image of a registry.
   *
   * @param username empty for a public image
   * @param password null for a public image
   */
  record Registry(String url, String username, @Nullable Password password)
      implements DockerImage {}

  /** How the password of a private registry is given. */
  sealed interface Password {
    /** The name of a project secret that holds the password. */
    record Secret(String name) implements Password {}

    /** The password itself, as some SDKs send it; never shown (service-behaviour 10.41). */
    record Plain(String text) implements Password {
      @Override
      public String toString() {
        return "Plain[redacted]";
      }
    }
  }
}
